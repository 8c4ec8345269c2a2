import { onPath } from './onPath.mjs';
import { withProgress } from './progress.mjs';
import { must } from './run.mjs';

/** Installs a Debian package; only on Debian and its kin, and only as root: elsewhere the person chooses. */
export async function aptInstall(name) {
  if (process.getuid?.() !== 0 || !onPath('apt-get')) return false;
  await withProgress(`Installing ${name} with apt-get (once)`, async () => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await must('apt-get', ['update'], { quiet: true, env });
    await must('apt-get', ['install', '-y', name], { quiet: true, env });
  });
  return true;
}
