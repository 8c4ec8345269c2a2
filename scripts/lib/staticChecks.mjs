import { must } from './run.mjs';
import { tool } from './tool.mjs';

/** Checks that read the sources: their name in the report and the command that a person runs. */
const checks = {
  types: [['typescript-native', 'tsc'], '-b'],
  lint: [['oxlint']],
  imports: [
    ['dependency-cruiser', 'depcruise'],
    '--config',
    '.dependency-cruiser.cjs',
    // What it found of these very files is found again in a fifth of the time.
    ...['--cache', 'out/imports', '--cache-strategy', 'content'],
    'src',
    'scripts',
    'test',
  ],
  format: [['oxfmt'], '--check'],
};

/** The checkers in Go collect garbage a fifth of their time unless they are let have more memory. */
const memory = { GOGC: '400', GOMEMLIMIT: '2GiB' };

/** Each check's name with a function that throws what the tool found. */
export const staticChecks = Object.entries(checks).map(([name, [command, ...args]]) => ({
  name,
  check: () => {
    const env = { ...process.env, ...memory };
    return must(process.execPath, [tool(...command), ...args], { quiet: true, env });
  },
}));
