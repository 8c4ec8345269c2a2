import { readFileSync } from 'node:fs';

/** Signatures and fixed sizes of APPNOTE.TXT 4.3.12 and 4.3.16. */
const endSignature = 0x06054b50;
const endSize = 22;
const entrySignature = 0x02014b50;
const entrySize = 46;

/** The names in a zip's central directory. */
export function zipNames(file) {
  const zip = readFileSync(file);
  const names = [];
  let at = zip.readUInt32LE(endOfDirectory(zip, file) + 16);
  while (zip.readUInt32LE(at) === entrySignature) {
    const [name, extra, comment] = [28, 30, 32].map((field) => zip.readUInt16LE(at + field));
    names.push(zip.toString('utf8', at + entrySize, at + entrySize + name));
    at += entrySize + name + extra + comment;
  }
  return names;
}

function endOfDirectory(zip, file) {
  for (let at = zip.length - endSize; at >= 0; at--) {
    if (zip.readUInt32LE(at) === endSignature) return at;
  }
  throw new Error(`${file} is no zip archive`);
}
