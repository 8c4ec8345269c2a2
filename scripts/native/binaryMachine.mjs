import { open } from 'node:fs/promises';
import { basename } from 'node:path';

const headBytes = 4096;
const elfMachines = { 0x3e: 'x64', 0xb7: 'arm64', 0x28: 'arm', 0x03: 'ia32' };
const peMachines = { 0x8664: 'x64', 0xaa64: 'arm64', 0x014c: 'ia32' };
const machMachines = { 0x01000007: 'x64', 0x0100000c: 'arm64' };

/** The platform and CPU that an executable or library is for, from its first bytes: a list, as Mach-O may hold several. */
export async function binaryMachines(file) {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return readMachines(buffer.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}

/** Throws unless a library is one that this machine can load. */
export async function checkMachine(file, { platform, arch }) {
  const found = await binaryMachines(file);
  if (found.some((one) => one.platform === platform && one.arch === arch)) return;
  const name = basename(file);
  const list = found.map((one) => `${one.platform} ${one.arch}`).join(', ');
  throw new Error(
    list
      ? `${name} is for ${list}, this machine is ${platform} ${arch}`
      : `${name} is no library that a machine could load`,
  );
}

function readMachines(head) {
  if (head.length < 64) return [];
  if (head.readUInt32BE(0) === 0x7f454c46) {
    return [{ platform: 'linux', arch: elfMachines[head.readUInt16LE(18)] ?? 'another CPU' }];
  }
  if (head.toString('latin1', 0, 2) === 'MZ') return readPe(head);
  const magic = head.readUInt32BE(0);
  if (magic === 0xcffaedfe) return [mach(head.readUInt32LE(4))];
  if (magic === 0xcafebabe) {
    const count = Math.min(head.readUInt32BE(4), 8);
    return Array.from({ length: count }, (_, i) => mach(head.readUInt32BE(8 + 20 * i)));
  }
  return [];
}

function readPe(head) {
  const at = head.readUInt32LE(0x3c);
  if (at + 6 > head.length || head.toString('latin1', at, at + 2) !== 'PE') return [];
  return [{ platform: 'win32', arch: peMachines[head.readUInt16LE(at + 4)] ?? 'another CPU' }];
}

function mach(cpu) {
  return { platform: 'darwin', arch: machMachines[cpu] ?? 'another CPU' };
}
