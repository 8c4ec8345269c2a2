import { pytorch } from '../../../src/weights/formats/pytorch';
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
import { counting, oneTensor, torchLegacy, torchZip } from '../../support/torchFiles';
import { assertRefused } from '../../support/weightFixtures';
import { tarHeader, writeZip } from '../../support/writeArchive';

interface Case {
  readonly why: string;
  readonly bytes: Buffer;
  readonly message: RegExp;
}

const inZip = (why: string, root: Buffer, message: RegExp): Case => ({
  why,
  bytes: torchZip(root),
  message,
});

const u32 = (value: number): Buffer => {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32LE(value);
  return buffer;
};
const u64 = (value: bigint): Buffer => {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64LE(value);
  return buffer;
};

/** Programs that would do something in Python. */
const executing: readonly Case[] = [
  inZip('os.system', pickle(call(global('os', 'system'), text('id'))), /asks for "os.system"/),
  inZip('eval', pickle(call(global('builtins', 'eval'), text('1'))), /asks for "builtins.eval"/),
  inZip(
    'a class named by values',
    pickle(text('posix'), text('system'), op(0x93)),
    /asks for "posix.system"/,
  ),
  inZip('a class named by numbers', pickle(int(1), int(2), op(0x93)), /names a class by something/),
  inZip(
    'getattr on something allowed',
    pickle(call(global('builtins', 'getattr'), global('collections', 'OrderedDict'))),
    /asks for "builtins.getattr"/,
  ),
  inZip('nested pickles', pickle(global('torch.storage', '_load_from_bytes')), /_load_from_bytes/),
  inZip(
    'a whole model',
    pickle(global('torchvision.models.alexnet', 'AlexNet'), op(')', 0x81)),
    /asks for "torchvision.models.alexnet.AlexNet", .* state_dict\(\) alone/,
  ),
  inZip(
    'the name of a property of every object',
    pickle(global('__proto__', 'constructor')),
    /asks for "__proto__.constructor"/,
  ),
  inZip('INST', pickle(op('(', 'ios\nsystem\n')), /uses INST/),
  inZip('OBJ', pickle(op('('), global('collections', 'OrderedDict'), op('o')), /uses OBJ/),
  inZip('EXT1', pickle(op(0x82, 1)), /uses EXT1/),
  inZip('EXT2', pickle(op(0x83, 1, 0)), /uses EXT2/),
  inZip('EXT4', pickle(op(0x84, 1, 0, 0, 0)), /uses EXT4/),
  inZip('NEWOBJ_EX', pickle(global('builtins', 'dict'), op(')', '}', 0x92)), /uses NEWOBJ_EX/),
  inZip('NEXT_BUFFER', pickle(op(0x97)), /uses NEXT_BUFFER/),
  inZip('READONLY_BUFFER', pickle(op('N', 0x98)), /uses READONLY_BUFFER/),
  inZip('a persistent id of text', pickle(op('P', 'storage\n')), /uses PERSID/),
  inZip('a call of a text', pickle(text('print'), op(')', 'R')), /calls the string "print"/),
  inZip(
    'a call of a storage',
    pickle(global('torch', 'FloatStorage'), op(')', 'R')),
    /calls torch.FloatStorage/,
  ),
  inZip(
    'a module with its source',
    pickle(tuple(text('module'), text('x')), op('Q')),
    /something beside tensors/,
  ),
  inZip(
    'a function put in the place of a tensor',
    pickle(
      call(
        global('torch._tensor', '_rebuild_from_type_v2'),
        global('builtins', 'list'),
        op('N'),
        tuple(),
      ),
    ),
    /makes a tensor by builtins.list/,
  ),
];

/** Programs that break the machine's rules. */
const broken: readonly Case[] = [
  inZip('an empty pickle', op('.'), /empty stack/),
  inZip('a pickle without an end', op('N'), /ends at byte 1, in the middle/),
  inZip('an unknown operation', pickle(op(0xff)), /unknown operation 255 at byte 2/),
  inZip('a value of an empty stack', pickle(op('0')), /empty stack/),
  inZip('a value from below a mark', pickle(op('N', '(', 'a')), /empty stack/),
  inZip('a mark that was never set', pickle(op('t')), /a mark that it never set/),
  inZip('a value that was never kept', pickle(op('h', 9)), /asks for value 9/),
  inZip(
    'a place that no memory has',
    pickle(op('j'), u32(0xffffffff)),
    /asks for value 4294967295/,
  ),
  inZip('a key without a value', pickle(op('}(N', 'u')), /a key without a value/),
  inZip('items set on a list', pickle(op(']', 'N', 'N', 's')), /sets items of a list/),
  inZip('items added to a text', pickle(text('x'), op('N', 'a')), /adds items to the string "x"/),
  inZip('a text longer than the file', pickle(op('X'), u32(0xffffffff)), /ends at byte/),
  inZip('a text longer than any file', pickle(op(0x8d), u64(2n ** 63n)), /ends at byte/),
  inZip('bytes longer than any file', pickle(op(0x8e), u64(2n ** 64n - 1n)), /ends at byte/),
  inZip('an array longer than any file', pickle(op(0x96), u64(2n ** 40n)), /ends at byte/),
  inZip('a number of a gigabyte', pickle(op(0x8b), u32(2 ** 30)), /a number of 1073741824 bytes/),
  inZip('a number of negative length', pickle(op(0x8b), u32(2 ** 31)), /a number of 2147483648/),
  inZip('a number that is none', pickle(op('I', '0x10\n')), /"0x10" where a number belongs/),
  inZip(
    'a number of a thousand digits',
    pickle(op('L', `${'9'.repeat(1000)}\n`)),
    /where a number/,
  ),
  inZip('a line without an end', pickle(op('I'), Buffer.alloc(10_000, '1')), /no end of line/),
  inZip('an escaped text', pickle(op('V', '\\u0041\n')), /an escaped text/),
  inZip('a pile of values', pickle(Buffer.alloc(200_000, 'N')), /more than 65536 values/),
  inZip('a pile of marks', pickle(Buffer.alloc(200_000, '(')), /more than 65536 values/),
  inZip('lists without end', pickle(op(']'), Buffer.from(']a'.repeat(700_000))), /1048576 steps/),
  inZip(
    'a dict made a thousand times of one long list',
    pickle(
      op(']q', 1, '('),
      Buffer.from('))'.repeat(5000)),
      op('e', '0'),
      Buffer.concat(
        new Array<Buffer>(1000).fill(call(global('collections', 'OrderedDict'), op('h', 1))),
      ),
    ),
    /1048576 steps/,
  ),
  inZip('a list in itself', pickle(op(']q', 0, 'h', 0, 'a')), /holds a list, not a state_dict/),
  inZip(
    'a dict in itself',
    pickle(op('}q', 0), text('state_dict'), op('h', 0, 's')),
    /holds state_dict and no tensor/,
  ),
  inZip(
    'lists in lists',
    pickle(Buffer.alloc(30_000, ']'), Buffer.alloc(29_999, 'a')),
    /holds a list/,
  ),
  inZip(
    'a dict made of texts',
    pickle(call(global('collections', 'OrderedDict'), text('ab'))),
    /makes a dict of the string/,
  ),
  inZip('a pickle of None', pickle(op('N')), /holds None, not a state_dict/),
  inZip('an empty dict', pickle(op('}')), /holds an empty dict and no tensor/),
  inZip('an optimizer alone', pickle(dict(text('lr'), int(1))), /holds lr and no tensor/),
];

const named = (why: string, made: Parameters<typeof oneTensor>[0], message: RegExp): Case =>
  inZip(why, oneTensor(made), message);

/** Tensors that do not fit what they are cut out of. */
const misfits: readonly Case[] = [
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
    /asks for "torch.QInt8Storage"/,
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
const archives: readonly Case[] = [
  {
    why: 'an archive of something else',
    bytes: writeZip([{ name: 'word/document.xml', bytes: Buffer.from('<a/>') }]),
    message: /holds word\/document.xml: neither/,
  },
  {
    why: 'two pickles',
    bytes: writeZip([
      { name: 'a/data.pkl', bytes: oneTensor() },
      { name: 'b/data.pkl', bytes: oneTensor() },
    ]),
    message: /holds a\/data.pkl, b\/data.pkl: neither one data.pkl/,
  },
  { why: 'an empty pickle file', bytes: torchZip(Buffer.alloc(0)), message: /data.pkl is empty/ },
  {
    why: 'a pickle of twenty megabytes',
    bytes: torchZip(Buffer.alloc(2e7), [], [], 8),
    message: /data.pkl has 20000000 bytes, more than/,
  },
  {
    why: 'a TorchScript program',
    bytes: torchZip(
      oneTensor(),
      [counting(6)],
      [{ name: 'archive/constants.pkl', bytes: op(').') }],
    ),
    message: /TorchScript/,
  },
  {
    why: 'TorchScript code',
    bytes: torchZip(oneTensor(), [counting(6)], [{ name: 'archive/code/__torch__.py' }]),
    message: /TorchScript/,
  },
  {
    why: 'an unknown byte order',
    bytes: torchZip(
      oneTensor(),
      [counting(6)],
      [{ name: 'archive/byteorder', bytes: Buffer.from('middle') }],
    ),
    message: /byteorder is "middle"/,
  },
  {
    why: 'a storage cut short',
    bytes: torchZip(oneTensor(), [counting(5)]),
    message: /storage 0 of 24 bytes, but the file has 20/,
  },
  {
    why: 'the tar of the first PyTorch',
    bytes: Buffer.concat([tarHeader('sys_info', 0, '0'), Buffer.alloc(1024)]),
    message: /tar form that PyTorch wrote before 0\.1\.10/,
  },
];

/** The old form, broken. */
const legacy: readonly Case[] = [
  {
    why: 'another version',
    bytes: torchLegacy(oneTensor(), { version: 1002 }),
    message: /version the number "1002", not 1001/,
  },
  {
    why: 'a storage that no tensor uses',
    bytes: torchLegacy(oneTensor(), { keys: ['9'] }),
    message: /no tensor uses, the string "9"/,
  },
  {
    why: 'a storage listed twice',
    bytes: torchLegacy(oneTensor(), { keys: ['0', '0'], counts: [6, 6] }),
    message: /lists storage 0 twice/,
  },
  {
    why: 'no storage',
    bytes: torchLegacy(oneTensor(), { keys: [], counts: [] }),
    message: /the file has no storage 0/,
  },
  {
    why: 'another count',
    bytes: torchLegacy(oneTensor(), { counts: [5] }),
    message: /storage 0 has 5 numbers, but 6 in the pickle/,
  },
  {
    why: 'a negative count',
    bytes: torchLegacy(oneTensor(), { counts: [-1] }),
    message: /storage 0 has -1 numbers/,
  },
  {
    why: 'numbers cut short',
    bytes: torchLegacy(oneTensor(), { data: counting(5) }),
    message: /the file has \d+ bytes, 24 from byte \d+ on were promised/,
  },
  {
    why: 'a storage of two lengths',
    bytes: torchLegacy(pickle(dict(text('a'), tensor(), text('b'), tensor({ length: 7 })))),
    message: /describes storage 0 in two ways/,
  },
  {
    why: 'a storage of petabytes',
    bytes: torchLegacy(oneTensor({ length: 2 ** 46 }), { counts: [2 ** 46] }),
    message: /were promised/,
  },
];

describe('the PyTorch reader refuses', () => {
  for (const hostile of [...executing, ...broken, ...misfits, ...archives, ...legacy]) {
    it(hostile.why, () => assertRefused(pytorch, { ...hostile, bytes: () => hostile.bytes }));
  }

  it('both forms cut short at any byte', async () => {
    for (const whole of [torchLegacy(oneTensor()), torchZip(oneTensor())]) {
      for (let length = 4; length < whole.length; length++) {
        const bytes = (): Buffer => whole.subarray(0, length);
        await assertRefused(pytorch, { why: `${length} bytes`, bytes, message: /./ });
      }
    }
  });

  it('a pickle cut short at any byte', async () => {
    const whole = oneTensor();
    for (let length = 0; length < whole.length; length++) {
      const bytes = (): Buffer => torchZip(whole.subarray(0, length));
      await assertRefused(pytorch, {
        why: `${length} bytes`,
        bytes,
        message: /the middle|empty|no end of line/,
      });
    }
  });
});
