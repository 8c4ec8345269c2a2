import { open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { run } from '../lib/run.mjs';

/** Unpacks a .tar.gz, or on Windows and macOS a .zip, with the system's tar, which checks the contents' sums. */
export async function unpack(archive, folder) {
  await checkKind(archive);
  const args = ['-x', '--no-same-owner', '-f', archive, '-C', folder];
  const { code, output } = await run(tarCommand(), args, { quiet: true });
  if (code === 0) return;
  if (/no space left/i.test(output)) throw new Error(`the disk is full: ${folder}`);
  const why =
    output.split('\n').find((line) => /unexpected|corrupt|error|invalid/i.test(line)) ??
    `tar ended with ${code}`;
  throw new Error(`${basename(archive)} is damaged (${why})`);
}

/** A tar of Git for Windows, which may come first on PATH, reads no zip. */
function tarCommand() {
  if (process.platform !== 'win32') return 'tar';
  return join(process.env.SystemRoot ?? 'C:\\Windows', 'System32', 'tar.exe');
}

async function checkKind(archive) {
  const handle = await open(archive);
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
  await handle.close();
  const gzip = bytesRead === 4 && buffer.readUInt16BE(0) === 0x1f8b;
  const zip = buffer.toString('latin1') === 'PK\x03\x04';
  if (!gzip && !zip) throw new Error(`${basename(archive)} is no archive`);
}
