/** What begins like a shared library for a platform, such as 'linux-x64', and is none: loading it fails. */
export function fakeLibrary(platform: string, bytes = 4096): Buffer {
  const [system, cpu] = platform.split('-');
  const file = Buffer.alloc(bytes);
  switch (system) {
    case 'linux':
      file.write('\x7fELF\x02\x01\x01', 'latin1');
      file.writeUInt16LE(3, 16);
      file.writeUInt16LE(cpu === 'x64' ? 0x3e : 0xb7, 18);
      return file;
    case 'darwin':
      file.writeUInt32LE(0xfeed_facf, 0);
      file.writeUInt32LE(cpu === 'x64' ? 0x0100_0007 : 0x0100_000c, 4);
      return file;
    default:
      file.write('MZ');
      file.writeUInt32LE(0x80, 0x3c);
      file.write('PE\0\0', 0x80);
      file.writeUInt16LE(cpu === 'x64' ? 0x8664 : 0xaa64, 0x84);
      return file;
  }
}
