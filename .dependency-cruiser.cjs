/** What each folder of src may import: the table of CONTRIBUTING.md, as a rule. */
const mayImport = {
  network: [],
  content: [],
  library: ['network'],
  protocol: ['network'],
  imaging: ['network', 'content'],
  files: ['network', 'content'],
  engine: ['network', 'protocol', 'imaging', 'files'],
  recipes: ['network', 'library', 'protocol', 'imaging', 'files', 'engine'],
  host: ['network', 'content', 'library', 'protocol'],
  extension: ['network', 'library', 'protocol', 'host'],
  webview: ['network', 'protocol'],
};

/** Packages and Node modules that only some folders may touch. */
const onlyIn = [
  { what: '^vscode$', where: 'extension' },
  { what: '@tensorflow/', where: 'engine' },
  { what: 'node_modules/d3-', where: 'webview' },
];

const direction = Object.entries(mayImport).map(([folder, allowed]) => ({
  name: `src/${folder} imports only ${['itself', ...allowed].join(', ')}`,
  severity: 'error',
  from: { path: `^src/${folder}/` },
  to: { path: '^src/', pathNot: `^src/(${[folder, ...allowed].join('|')})/` },
}));

const reserved = onlyIn.map(({ what, where }) => ({
  name: `${what} belongs to src/${where}`,
  severity: 'error',
  from: { path: '^src/', pathNot: `^src/${where}/` },
  to: { path: what },
}));

module.exports = {
  forbidden: [
    ...direction,
    ...reserved,
    { name: 'no cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no circles of folders',
      severity: 'error',
      scope: 'folder',
      from: { path: '^src' },
      to: { circular: true },
    },
    {
      name: 'a feature of the page does not import the page',
      severity: 'error',
      from: { path: '^src/webview/[^/]+/' },
      to: { path: '^src/webview/[^/]+$' },
    },
    {
      name: 'a part of a feature does not import the feature',
      severity: 'error',
      from: { path: '^src/webview/([^/]+)/[^/]+/' },
      to: { path: '^src/webview/$1/[^/]+$' },
    },
    {
      name: 'network, protocol and webview know no Node',
      severity: 'error',
      from: { path: '^src/(network|protocol|webview)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'imports resolve',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^vscode$' },
    },
    {
      name: 'the product imports no tests or scripts',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|scripts)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.d.ts', '.mjs', '.js', '.cjs'],
      mainFields: ['module', 'main', 'types'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
