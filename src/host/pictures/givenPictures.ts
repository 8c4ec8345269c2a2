import type { GivenPicture } from '../../protocol/givenPictures';
import type { FileRef } from '../fileRef';

/** Begins the addresses of pictures that lie in no file. */
const scheme = 'alexnet-given';

/** Makes files of bytes that a person dropped or pasted: in memory as long as they are gone through, and gone with the window. */
export class GivenPictures {
  private count = 0;
  private nameless = 0;

  files(pictures: readonly GivenPicture[]): readonly FileRef[] {
    return pictures.map(({ name, bytes }) => {
      const label = name === '' ? `pasted picture ${++this.nameless}` : name;
      return {
        uri: `${scheme}:/${++this.count}/${encodeURIComponent(label)}`,
        name: label,
        label,
        path: undefined,
        size: () => Promise.resolve(bytes.length),
        read: () => Promise.resolve(bytes),
      };
    });
  }
}

/** Whether an address is of bytes in memory, which nothing can be read from in another window. */
export function isGiven(uri: string): boolean {
  return uri.startsWith(`${scheme}:`);
}
