import { spawn } from 'node:child_process';

/** Opens an address in the person's browser; a failure is no matter, the address is printed too. */
export function openAddress(address) {
  const [command, ...args] = opener(address);
  const child = spawn(command, args, { detached: true, stdio: 'ignore' });
  child.on('error', () => {});
  child.unref();
}

function opener(address) {
  if (process.platform === 'darwin') return ['open', address];
  if (process.platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', address];
  return ['xdg-open', address];
}
