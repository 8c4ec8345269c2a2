import type { HostileFile } from './weightFixtures';
import type { ArchiveFile } from './writeArchive';
import { writeZip } from './writeArchive';
import { dict, int, pickle, tensor, text, tuple } from './pickleBytes';

/** Float32 0, 1, 2 and so on. */
export const counting = (count: number): Buffer =>
  Buffer.from(Float32Array.from({ length: count }, (_, i) => i).buffer);

/** torch.save's archive of this pickle, with one storage of six numbers unless said otherwise. */
export function torchZip(
  root: Buffer,
  storages: readonly Buffer[] = [counting(6)],
  more: readonly ArchiveFile[] = [],
  method: 0 | 8 = 0,
): Buffer {
  return writeZip(
    [
      { name: 'archive/data.pkl', bytes: root },
      ...storages.map((bytes, key) => ({ name: `archive/data/${key}`, bytes })),
      ...more,
    ],
    method,
  );
}

/** A pickle that is made to do harm, in an archive that is as it should be. */
export const inZip = (why: string, root: Buffer, message: RegExp): HostileFile => ({
  why,
  bytes: () => torchZip(root),
  message,
});

/** A state_dict of one tensor, `a.weight`. */
export const oneTensor = (...made: Parameters<typeof tensor>): Buffer =>
  pickle(dict(text('a.weight'), tensor(...made)));

const magicNumber = Buffer.from([
  ...[0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e],
]);

/** The form before PyTorch 1.6; `keys` and `counts` are those of its storages. */
export function torchLegacy(
  root: Buffer,
  {
    version = 1001,
    keys = ['0'],
    counts = [6],
    data = counting(6),
  }: {
    version?: number;
    keys?: readonly string[];
    counts?: readonly number[];
    data?: Buffer;
  } = {},
): Buffer {
  const stored = counts.map((count) => {
    const head = Buffer.alloc(8);
    head.writeBigInt64LE(BigInt(count));
    return Buffer.concat([head, data]);
  });
  return Buffer.concat([
    magicNumber,
    pickle(int(version)),
    pickle(dict()),
    root,
    pickle(tuple(...keys.map(text))),
    ...stored,
  ]);
}
