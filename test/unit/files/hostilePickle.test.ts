import { strict as assert } from 'node:assert';
import { bytesSource } from '../../../src/files/bytes/byteSource';
import { pytorch } from '../../../src/files/formats/pytorch';
import { nothingBeside } from '../../../src/files/bytes/openBeside';
import { readTensor } from '../../../src/files/tensors/tensorValues';
import { WeightsError } from '../../../src/files/bytes/weightsError';
import { call, dict, global, int, op, pickle, text, tuple } from '../../support/pickleBytes';
import { pythonFile } from '../../support/pythonFiles';
import { counting, inZip, oneTensor, torchZip } from '../../support/torchFiles';
import type { HostileFile } from '../../support/weightFixtures';
import { assertRefused } from '../../support/weightFixtures';

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
const executing: readonly HostileFile[] = [
  inZip(
    'os.system',
    pickle(call(global('os', 'system'), text('id'))),
    /holds os\.system, not a state_dict/,
  ),
  inZip(
    'eval',
    pickle(call(global('builtins', 'eval'), text('1'))),
    /holds builtins\.eval, not a state_dict/,
  ),
  inZip(
    'a class named by values',
    pickle(text('posix'), text('system'), op(0x93)),
    /holds posix\.system, not a state_dict/,
  ),
  inZip('a class named by numbers', pickle(int(1), int(2), op(0x93)), /names a class by something/),
  inZip(
    'getattr on something allowed',
    pickle(call(global('builtins', 'getattr'), global('collections', 'OrderedDict'))),
    /holds builtins\.getattr, not a state_dict/,
  ),
  inZip(
    'nested pickles',
    pickle(global('torch.storage', '_load_from_bytes')),
    /holds torch.storage._load_from_bytes, not a state_dict/,
  ),
  inZip(
    'a whole model',
    pickle(global('torchvision.models.alexnet', 'AlexNet'), op(')', 0x81)),
    /holds torchvision.models.alexnet.AlexNet, not a state_dict: save state_dict\(\)/,
  ),
  inZip(
    'the name of a property of every object',
    pickle(global('__proto__', 'constructor')),
    /holds __proto__\.constructor, not a state_dict/,
  ),
  inZip('INST', pickle(op('(', 'ios\nsystem\n')), /holds os.system, not a state_dict/),
  inZip(
    'OBJ',
    pickle(op('('), global('collections', 'OrderedDict'), op('o')),
    /holds an empty dict/,
  ),
  inZip('EXT1', pickle(op(0x82, 1)), /uses EXT1/),
  inZip('EXT2', pickle(op(0x83, 1, 0)), /uses EXT2/),
  inZip('EXT4', pickle(op(0x84, 1, 0, 0, 0)), /uses EXT4/),
  inZip(
    'NEWOBJ_EX',
    pickle(global('builtins', 'dict'), op(')', '}', 0x92)),
    /holds builtins.dict, not a state/,
  ),
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
const broken: readonly HostileFile[] = [
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

describe('a pickle of PyTorch is refused for', () => {
  for (const hostile of [...executing, ...broken]) {
    it(hostile.why, () => assertRefused(pytorch, hostile));
  }

  it('its end at any byte', async () => {
    const whole = oneTensor();
    for (let length = 0; length < whole.length; length++) {
      const bytes = (): Buffer => torchZip(whole.subarray(0, length));
      const message = /the middle|empty|no end of line/;
      await assertRefused(pytorch, { why: `${length} bytes`, bytes, message });
    }
  });
});

describe('a pickle of PyTorch', () => {
  it('ends in tensors or a WeightsError whatever byte is changed', async () => {
    for (const whole of [pythonFile('pickle2'), pythonFile('pickle4'), oneTensor()]) {
      for (let at = 0; at < whole.length; at++) {
        for (const value of [0, 0x52]) {
          const copy = Buffer.from(whole);
          copy[at] = value;
          const source = bytesSource(torchZip(copy, [counting(12)]));
          await pytorch
            .open(source, nothingBeside)
            .catch((error: unknown) =>
              assert.ok(error instanceof WeightsError, `byte ${at} as ${value}: ${String(error)}`),
            );
        }
      }
    }
  });

  it('cannot change a shape after it was checked', async () => {
    const shape = Buffer.concat([op(']q', 7), int(6), op('a')]);
    const made = call(
      global('torch._utils', '_rebuild_tensor_v2'),
      Buffer.concat([
        tuple(text('storage'), global('torch', 'FloatStorage'), text('0'), text('cpu'), int(6)),
        op('Q'),
      ]),
      int(0),
      shape,
      tuple(int(1)),
    );
    const root = pickle(dict(text('a'), made), op('h', 7), text('100'), op('a', '0'));
    const { tensors } = await pytorch.open(bytesSource(torchZip(root)), nothingBeside);
    assert.deepEqual(tensors[0]!.shape, [6]);
    assert.equal((await readTensor(tensors[0]!)).length, 6);
  });
});
