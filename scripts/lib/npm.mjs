import { basename } from 'node:path';
import { must } from './run.mjs';

/** What no call needs: advice, and scripts of packages. */
const plain = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier'];

/** Runs npm in a folder, whatever the person's npm settings say about scripts and omitted kinds. */
export function npm(args, cwd) {
  const talk = process.stderr.isTTY ? [] : ['--loglevel=error'];
  const all = [...args, ...plain, ...talk];
  const options = { cwd, env: npmEnv(), quiet: !process.stderr.isTTY };
  const cli = process.env.npm_execpath ?? '';
  if (basename(cli) === 'npm-cli.js') return must(process.execPath, [cli, ...all], options);
  return must('npm', all, { ...options, shell: process.platform === 'win32' });
}

/** npm tells its children where its own project is; a nested npm must find its own. */
function npmEnv() {
  const env = { ...process.env };
  delete env.npm_config_local_prefix;
  delete env.NODE_ENV;
  return env;
}
