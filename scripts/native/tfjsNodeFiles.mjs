/** What tfjs-node 4.22 downloads, as its install.js, deps-constants.js and package.json say. */
const host = 'https://storage.googleapis.com/';
const levels = { nodeApi: 8, tensorflow: '2.9.1' };

/** Per platform: the archive of libtensorflow, the name in its addon's archive, the libraries in lib/. */
const machines = {
  'linux x64': {
    library: 'cpu-linux-x86_64',
    addon: 'linux',
    names: ['libtensorflow.so.2', 'libtensorflow_framework.so.2'],
  },
  'linux arm64': {
    build: 'tf-builds/libtensorflow_r2_7_linux_arm64.tar.gz',
    names: ['libtensorflow.so.2', 'libtensorflow_framework.so.2'],
  },
  'darwin x64': {
    library: 'cpu-darwin-x86_64',
    names: ['libtensorflow.2.dylib', 'libtensorflow_framework.2.dylib'],
  },
  'darwin arm64': {
    build: 'tf-builds/libtensorflow_r2_7_darwin_arm64_cpu.tar.gz',
    names: ['libtensorflow.2.dylib', 'libtensorflow_framework.2.dylib'],
  },
  'win32 x64': { library: 'cpu-windows-x86_64', addon: 'windows', names: ['tensorflow.dll'] },
};

/**
 * The addresses for a machine, or undefined where there is nothing for it. Without an addon its
 * source has to be compiled: the prebuilt one exists for x64 only, and not for macOS.
 */
export function tfjsNodeFiles({ platform, arch }, version, env = process.env) {
  const machine = machines[`${platform} ${arch}`];
  if (!machine) return undefined;
  const ending = platform === 'win32' ? 'zip' : 'tar.gz';
  const base = withSlash(setting(env, 'TFJS_NODE_CDN_STORAGE') || env.CDN_STORAGE || host);
  const prefix =
    setting(env, 'TFJS_NODE_BASE_URI') || `${base}tensorflow/libtensorflow/libtensorflow-`;
  const addons = `${base}tf-builds/pre-built-binary/napi-v${levels.nodeApi}/${version}`;
  return {
    library: machine.build
      ? `${base}${machine.build}`
      : `${prefix}${machine.library}-${levels.tensorflow}.${ending}`,
    addon: machine.addon && `${addons}/CPU-${machine.addon}-${version}.${ending}`,
    names: machine.names,
  };
}

/** npm hands the lines of .npmrc to its scripts in the environment. */
function setting(env, name) {
  return env[name] || env[`npm_config_${name}`];
}

function withSlash(address) {
  return address.endsWith('/') ? address : `${address}/`;
}
