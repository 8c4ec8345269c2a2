import { closeSync, openSync, readSync } from 'node:fs';
import { BadFileError } from '../download/downloadError';

const headerBytes = 4096;
const cpus: Readonly<Record<number, string>> = {
  // ELF's e_machine, Mach-O's cputype, PE's Machine.
  0x3e: 'x64',
  0xb7: 'arm64',
  0x0100_0007: 'x64',
  0x0100_000c: 'arm64',
  0x8664: 'x64',
  0xaa64: 'arm64',
};

/** Which platforms a shared library is for, such as 'linux-x64', by its header; empty if it is none. */
export function platformsOf(header: Buffer): readonly string[] {
  if (header.length < 64) return [];
  const magic = header.readUInt32BE(0);
  if (magic === 0x7f45_4c46) return elf(header);
  if (magic === 0xcffa_edfe) return named('darwin', header.readUInt32LE(4));
  if (magic === 0xcafe_babe) return fatMachO(header);
  if (header.toString('latin1', 0, 2) === 'MZ') return pe(header);
  return [];
}

/** Throws unless a file is a shared library for this platform; reads no more than its first bytes. */
export function checkBinary(path: string, name: string, platform: string): void {
  const found = platformsOf(headerOf(path));
  if (found.includes(platform)) return;
  throw new BadFileError(
    found.length === 0
      ? `${name} is not a shared library`
      : `${name} is made for ${found.join(' and ')}, and this machine is ${platform}`,
  );
}

function headerOf(path: string): Buffer {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(headerBytes);
    return buffer.subarray(0, readSync(file, buffer, 0, headerBytes, 0));
  } finally {
    closeSync(file);
  }
}

/** 64-bit little-endian shared objects (System V ABI, ELF header). */
function elf(header: Buffer): readonly string[] {
  const shared = header[4] === 2 && header[5] === 1 && header.readUInt16LE(16) === 3;
  return shared ? named('linux', header.readUInt16LE(18)) : ['linux of another kind'];
}

function fatMachO(header: Buffer): readonly string[] {
  const entryBytes = 20;
  const count = Math.min(header.readUInt32BE(4), Math.floor((header.length - 8) / entryBytes));
  return Array.from({ length: count }, (_, i) =>
    named('darwin', header.readUInt32BE(8 + i * entryBytes)),
  ).flat();
}

function pe(header: Buffer): readonly string[] {
  const start = header.readUInt32LE(0x3c);
  if (start + 6 > header.length || header.readUInt32BE(start) !== 0x5045_0000) return [];
  return named('win32', header.readUInt16LE(start + 4));
}

function named(system: string, cpu: number): readonly string[] {
  return [`${system}-${cpus[cpu] ?? 'another processor'}`];
}
