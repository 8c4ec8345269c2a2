import type { ManyPictures } from '../evaluate/inBatches';
import type { FileRef } from '../fileRef';

/** Pictures to go through, and where they come from in words. */
export interface PatchSource {
  readonly from: string;
  readonly pictures: ManyPictures & { readonly size: number };
  /** How many there were besides. */
  readonly leftOut: number;
}

/** Pictures in the order in which they were named. */
export function pictureList(files: readonly FileRef[]): PatchSource['pictures'] {
  return {
    size: files.length,
    inTurn: Uint32Array.from(files.keys()),
    file: (picture) => {
      const file = files[picture];
      if (file) return file;
      throw new Error(`there is no picture ${picture} among these`);
    },
  };
}
