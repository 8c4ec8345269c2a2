import type { ByteSource } from './byteSource';

/** Enough to see a pointer's first line or a page's doctype. */
const sniffLength = 512;

/** What people get in place of a file of weights, by how it begins, and what to do. */
const mistaken: readonly (readonly [start: RegExp, sentence: string])[] = [
  [
    /^version https:\/\/git-lfs/,
    'a pointer of Git LFS and not the file itself: fetch it with "git lfs pull", or download it anew',
  ],
  [
    /^\s*(<!--[\s\S]*?-->\s*)*<(!doctype html|html|head|body)/i,
    'a web page and not a file of weights: download it from the address behind its link',
  ],
];

/** Why content that no format recognises is no file of weights; `formats` are the names of those that are read. */
export async function describeUnknown(
  source: ByteSource,
  formats: readonly string[],
): Promise<string> {
  const head = await source.read(0, Math.min(sniffLength, source.size));
  const text = new TextDecoder('latin1').decode(head);
  const known = mistaken.find(([start]) => start.test(text))?.[1];
  return known ?? `not a file of weights in a format that is read (${formats.join(', ')})`;
}
