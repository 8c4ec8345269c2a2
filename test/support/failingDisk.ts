import type { OpenSink } from '../../src/host/download/disk';
import { openSink } from '../../src/host/download/disk';

/** A disk that fails with this code after so many bytes. */
export function failingDisk(code: string, room: number): OpenSink {
  let left = room;
  return async (path, mode) => {
    const sink = await openSink(path, mode);
    return {
      close: () => sink.close(),
      write: (bytes) => {
        if ((left -= bytes.length) < 0) throw Object.assign(new Error(code), { code });
        return sink.write(bytes);
      },
    };
  };
}
