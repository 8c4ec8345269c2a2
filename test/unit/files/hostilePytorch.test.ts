import { pytorch } from '../../../src/files/formats/pytorch';
import {
  call,
  dict,
  global,
  int,
  op,
  pickle,
  tensor,
  text,
  tuple,
} from '../../support/pickleBytes';
import { counting, inZip, oneTensor, torchLegacy, torchZip } from '../../support/torchFiles';
import type { HostileFile } from '../../support/weightFixtures';
import { assertRefused } from '../../support/weightFixtures';
import { tarHeader, writeZip } from '../../support/writeArchive';

const named = (why: string, made: Parameters<typeof oneTensor>[0], message: RegExp): HostileFile =>
  inZip(why, oneTensor(made), message);

/** Tensors that do not fit what they are cut out of. */
const misfits: readonly HostileFile[] = [
  named(
    'a tensor larger than its storage',
    { shape: [3, 3] },
    /takes numbers 0 to 9 of storage 0, which has 6/,
  ),
  named('a tensor from beyond its storage', { offset: 5 }, /takes numbers 5 to 11/),
  named('an offset beyond all numbers', { offset: 2 ** 46 }, /takes numbers 70368744177664 to/),
  named(
    'a storage larger than its file',
    { length: 7 },
    /storage 0 of 28 bytes, but the file has 24/,
  ),
  named('a storage of half its numbers in double', { type: 'DoubleStorage' }, /of 48 bytes, but/),
  named('a storage that is not there', { key: '1' }, /has no data\/1/),
  named('a storage outside its folder', { key: '../data.pkl' }, /has no data\/\.\.\/data\.pkl/),
  named('a storage key without end', { key: 'x'.repeat(100) }, /a storage key of 100 letters/),
  named(
    'a shape whose product overflows',
    { shape: [2 ** 40, 2 ** 40], strides: [2 ** 40, 1] },
    /takes numbers 0 to/,
  ),
  named(
    'strides that read one number many times',
    { shape: [1000, 1000], strides: [0, 0] },
    /a.weight has strides \[0, 0\] for shape \[1000, 1000\]: save it contiguous/,
  ),
  named('strides that leave gaps', { shape: [2, 2], strides: [4, 2] }, /has strides \[4, 2\]/),
  named('strides that overlap', { shape: [2, 2], strides: [1, 1] }, /has strides \[1, 1\]/),
  named('more strides than sizes', { strides: [3, 1, 1] }, /makes a tensor of offset/),
  named(
    'a hundred axes',
    { shape: new Array<number>(100).fill(1), strides: new Array<number>(100).fill(1) },
    /makes a tensor of offset/,
  ),
  inZip(
    'a tensor made of a storage alone',
    pickle(
      dict(
        text('a'),
        call(
          global('torch._utils', '_rebuild_tensor_v2'),
          tuple(text('storage'), global('torch', 'FloatStorage'), text('0'), text('cpu'), int(6)),
          op('Q'),
        ),
      ),
    ),
    /makes a tensor of offset None, shape None and strides None/,
  ),
  inZip(
    'a storage of an unknown type',
    oneTensor({ type: 'QInt8Storage' }),
    /needs torch.QInt8Storage, which is not read/,
  ),
  inZip(
    'a name of a million letters',
    pickle(dict(text('a'.repeat(1e6)), tensor())),
    /name has 1000000 letters/,
  ),
  inZip(
    'a prefix of a million parts',
    pickle(dict(text('a.'.repeat(5e5)), tensor())),
    /name has 1000000 letters/,
  ),
];

/** Archives that are not what torch.save writes. */
const archives: readonly HostileFile[] = [
  {
    why: 'an archive of something else',
    bytes: () => writeZip([{ name: 'word/document.xml', bytes: Buffer.from('<a/>') }]),
    message: /is a zip archive of word\/document.xml, not weights: PyTorch's/,
  },
  {
    why: 'two pickles',
    bytes: () =>
      writeZip([
        { name: 'a/data.pkl', bytes: oneTensor() },
        { name: 'b/data.pkl', bytes: oneTensor() },
      ]),
    message: /a zip archive of a\/data.pkl, b\/data.pkl, not weights: PyTorch's have one data.pkl/,
  },
  {
    why: 'an empty pickle file',
    bytes: () => torchZip(Buffer.alloc(0)),
    message: /data.pkl is empty/,
  },
  {
    why: 'a pickle of twenty megabytes',
    bytes: () => torchZip(Buffer.alloc(2e7), [], [], 8),
    message: /data.pkl has 20000000 bytes, more than/,
  },
  {
    why: 'a TorchScript program',
    bytes: () =>
      torchZip(oneTensor(), [counting(6)], [{ name: 'archive/constants.pkl', bytes: op(').') }]),
    message: /TorchScript/,
  },
  {
    why: 'TorchScript code',
    bytes: () => torchZip(oneTensor(), [counting(6)], [{ name: 'archive/code/__torch__.py' }]),
    message: /TorchScript/,
  },
  {
    why: 'an unknown byte order',
    bytes: () =>
      torchZip(
        oneTensor(),
        [counting(6)],
        [{ name: 'archive/byteorder', bytes: Buffer.from('middle') }],
      ),
    message: /byteorder is "middle"/,
  },
  {
    why: 'a storage cut short',
    bytes: () => torchZip(oneTensor(), [counting(5)]),
    message: /storage 0 of 24 bytes, but the file has 20/,
  },
  {
    why: 'the tar of the first PyTorch',
    bytes: () => Buffer.concat([tarHeader('sys_info', 0, '0'), Buffer.alloc(1024)]),
    message: /tar form that PyTorch wrote before 0\.1\.10/,
  },
];

/** The old form, broken. */
const legacy: readonly HostileFile[] = [
  {
    why: 'another version',
    bytes: () => torchLegacy(oneTensor(), { version: 1002 }),
    message: /version the number "1002", not 1001/,
  },
  {
    why: 'a storage that no tensor uses',
    bytes: () => torchLegacy(oneTensor(), { keys: ['9'] }),
    message: /no tensor uses, the string "9"/,
  },
  {
    why: 'a storage listed twice',
    bytes: () => torchLegacy(oneTensor(), { keys: ['0', '0'], counts: [6, 6] }),
    message: /lists storage 0 twice/,
  },
  {
    why: 'no storage',
    bytes: () => torchLegacy(oneTensor(), { keys: [], counts: [] }),
    message: /the file has no storage 0/,
  },
  {
    why: 'another count',
    bytes: () => torchLegacy(oneTensor(), { counts: [5] }),
    message: /storage 0 has 5 numbers, but 6 in the pickle/,
  },
  {
    why: 'a negative count',
    bytes: () => torchLegacy(oneTensor(), { counts: [-1] }),
    message: /storage 0 has -1 numbers/,
  },
  {
    why: 'numbers cut short',
    bytes: () => torchLegacy(oneTensor(), { data: counting(5) }),
    message: /the file has \d+ bytes, 24 from byte \d+ on were promised/,
  },
  {
    why: 'a storage of two lengths',
    bytes: () => torchLegacy(pickle(dict(text('a'), tensor(), text('b'), tensor({ length: 7 })))),
    message: /describes storage 0 in two ways/,
  },
  {
    why: 'a storage of petabytes',
    bytes: () => torchLegacy(oneTensor({ length: 2 ** 46 }), { counts: [2 ** 46] }),
    message: /were promised/,
  },
];

describe('the PyTorch reader refuses', () => {
  for (const hostile of [...misfits, ...archives, ...legacy]) {
    it(hostile.why, () => assertRefused(pytorch, hostile));
  }

  it('both forms cut short at any byte', async () => {
    for (const whole of [torchLegacy(oneTensor()), torchZip(oneTensor())]) {
      for (let length = 4; length < whole.length; length++) {
        const bytes = (): Buffer => whole.subarray(0, length);
        await assertRefused(pytorch, { why: `${length} bytes`, bytes, message: /./ });
      }
    }
  });
});
