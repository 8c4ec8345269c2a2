import { strict as assert } from 'node:assert';
import { crc32 } from 'node:zlib';
import { bytesSource } from '../../../src/files/bytes/byteSource';
import { formats } from '../../../src/files/formats/formats';
import { pytorch } from '../../../src/files/formats/pytorch';
import { nothingBeside } from '../../../src/files/bytes/openBeside';
import type { TensorFile } from '../../../src/files/tensors/tensorFile';
import { readTensor } from '../../../src/files/tensors/tensorValues';
import { kernelsAndBiases, torchvisionKernels } from '../../support/kernelShapes';
import { call, dict, global, int, op, pickle, tensor, text } from '../../support/pickleBytes';
import { pythonFile } from '../../support/pythonFiles';
import { counting, oneTensor, torchLegacy, torchZip } from '../../support/torchFiles';
import {
  assertMatches,
  assertRepeats,
  openBytes,
  pattern,
  weightsFixture,
} from '../../support/weightFixtures';

const torchvision = kernelsAndBiases(torchvisionKernels, ['.weight', '.bias']);

const described = ({ tensors }: TensorFile): object[] =>
  tensors.map(({ name, shape }) => ({ name, shape }));

/** Of a file with one tensor of float32. */
async function values(file: TensorFile, name = 'a.weight'): Promise<number[]> {
  const found = file.tensors.find((candidate) => candidate.name === name);
  assert.ok(found, `${name} is there`);
  return Array.from(await readTensor(found));
}

describe("PyTorch's own files hold what was saved", () => {
  for (const name of [
    'torchvision-zip.pth',
    'torchvision-zip-parameters.pth',
    'torchvision-legacy.pth',
    'torchvision-wrapped.pth',
  ]) {
    it(name, async () => {
      const source = await weightsFixture(name);
      const recognised = await Promise.all(formats.map((format) => format.recognises(source)));
      assert.deepEqual(
        formats.filter((_, i) => recognised[i]).map((format) => format.name),
        ['PyTorch .pth'],
      );
      const file = await pytorch.open(source, nothingBeside);
      assert.deepEqual(described(file), torchvision);
      assertMatches(file, 'torchvision');
      for (const [i, found] of file.tensors.entries()) {
        await assertRepeats(found, pattern(found.shape, i + 1));
      }
    });
  }
});

describe('the PyTorch reader', () => {
  for (const protocol of [2, 3, 4, 5]) {
    it(`reads a training checkpoint that Python pickled in protocol ${protocol}`, async () => {
      const file = await openBytes(
        pytorch,
        torchZip(pythonFile(`pickle${protocol}`), [counting(12)]),
      );
      assert.deepEqual(described(file), [
        { name: 'a.weight', shape: [2, 3] },
        { name: 'a.bias', shape: [2] },
        { name: 'b.weight', shape: [2, 2] },
      ]);
      assert.deepEqual(await values(file), [0, 1, 2, 3, 4, 5]);
      assert.deepEqual(await values(file, 'a.bias'), [6, 7]);
      assert.deepEqual(await values(file, 'b.weight'), [8, 10, 9, 11]);
    });
  }

  it('reads the old form', async () => {
    const file = await openBytes(pytorch, torchLegacy(oneTensor()));
    assert.deepEqual(await values(file), [0, 1, 2, 3, 4, 5]);
  });

  it('reads an archive that was packed again, from the middle of a storage too', async () => {
    const made = oneTensor({ offset: 2, shape: [2, 2], strides: [2, 1] });
    const file = await openBytes(pytorch, torchZip(made, [counting(6)], [], 8));
    assert.deepEqual(await values(file), [2, 3, 4, 5]);
  });

  it('reads storages without a checksum in place', async () => {
    const zip = torchZip(oneTensor());
    const sum = Buffer.alloc(4);
    sum.writeUInt32LE(crc32(counting(6)));
    const without = Buffer.from(zip);
    for (let at = zip.indexOf(sum); at >= 0; at = zip.indexOf(sum, at + 4))
      without.fill(0, at, at + 4);
    assert.notDeepEqual(zip, without);
    assert.deepEqual(await values(await openBytes(pytorch, without)), [0, 1, 2, 3, 4, 5]);
  });

  it('reads float64, float16 and bfloat16', async () => {
    const storages = {
      DoubleStorage: Buffer.from(Float64Array.of(0.5, -1.5).buffer),
      HalfStorage: Buffer.from(Uint16Array.of(0x3800, 0xbe00).buffer),
      BFloat16Storage: Buffer.from(Uint16Array.of(0x3f00, 0xbfc0).buffer),
    };
    for (const [type, bytes] of Object.entries(storages)) {
      const made = oneTensor({ type, length: 2, shape: [2], strides: [1] });
      const file = await openBytes(pytorch, torchZip(made, [bytes]));
      assert.deepEqual(await values(file), [0.5, -1.5], type);
    }
  });

  it('turns big-endian numbers round', async () => {
    const order = [{ name: 'archive/byteorder', bytes: Buffer.from('big') }];
    const file = await openBytes(pytorch, torchZip(oneTensor(), [counting(6).swap32()], order));
    assert.deepEqual(await values(file), [0, 1, 2, 3, 4, 5]);
  });

  it('reads a kernel kept channels last in the order of its shape', async () => {
    const made = oneTensor({ shape: [1, 3, 1, 2], strides: [6, 1, 6, 3] });
    const file = await openBytes(pytorch, torchZip(made));
    assert.deepEqual(await values(file), [0, 3, 1, 4, 2, 5]);
  });

  it('leaves out counters and what is no tensor', async () => {
    const root = pickle(
      dict(
        ...[
          text('bn.num_batches_tracked'),
          tensor({ type: 'LongStorage', shape: [], strides: [] }),
        ],
        ...[text('note'), text('made by hand')],
        ...[op('K', 1), tensor()],
        ...[text('a.weight'), tensor()],
      ),
    );
    const file = await openBytes(pytorch, torchZip(root));
    assert.deepEqual(described(file), [{ name: 'a.weight', shape: [2, 3] }]);
  });

  it('a prefix goes only where all names share it', async () => {
    const root = pickle(
      dict(text('module.a.weight'), tensor(), text('head.weight'), tensor(), text('b'), tensor()),
    );
    const { tensors } = await openBytes(pytorch, torchZip(root));
    assert.deepEqual(
      tensors.map(({ name }) => name),
      ['module.a.weight', 'head.weight', 'b'],
    );
  });

  it('a name like a property of every object is a name', async () => {
    const root = pickle(dict(text('__proto__'), tensor(), text('constructor'), tensor()));
    const { tensors } = await openBytes(pytorch, torchZip(root));
    assert.deepEqual(
      tensors.map(({ name }) => name),
      ['__proto__', 'constructor'],
    );
    assert.equal(({} as Record<string, unknown>)['shape'], undefined);
  });

  it('axes of one may have any strides', async () => {
    const made = oneTensor({
      shape: [6, ...new Array<number>(31).fill(1)],
      strides: new Array<number>(32).fill(1),
    });
    assert.deepEqual(await values(await openBytes(pytorch, torchZip(made))), [0, 1, 2, 3, 4, 5]);
  });

  it('is not taken for something else', async () => {
    for (const bytes of [
      Buffer.from('\x80\x02}.', 'latin1'),
      Buffer.from('{'),
      Buffer.alloc(600),
    ]) {
      assert.equal(await pytorch.recognises(bytesSource(bytes)), false);
    }
  });
});

describe('a checkpoint that holds more than weights', () => {
  const state = (name = 'a.weight'): Buffer => dict(text(name), tensor());
  const opened = (root: Buffer): Promise<TensorFile> => openBytes(pytorch, torchZip(pickle(root)));

  it('is read past classes of which nothing is needed, which are never looked up', async () => {
    const callback = global('pytorch_lightning.callbacks', 'ModelCheckpoint');
    const made = call(global('functools', 'partial'), global('os', 'system'));
    const root = dict(
      ...[text('callbacks'), dict(callback, dict(text('best'), made))],
      ...[text('hparams'), call(made, text('x')), text('state_dict'), state()],
    );
    assert.deepEqual(await values(await opened(root)), [0, 1, 2, 3, 4, 5]);
  });

  it('is read at whatever depth the only weights lie, an optimizer’s left alone', async () => {
    const root = dict(
      ...[text('run'), dict(text('teacher'), dict(text('ema'), state()))],
      ...[text('optimizer'), dict(text('momentum'), state())],
    );
    assert.deepEqual(await values(await opened(root)), [0, 1, 2, 3, 4, 5]);
    const two = dict(
      text('one'),
      dict(text('x'), state()),
      text('other'),
      dict(text('y'), state()),
    );
    assert.deepEqual(
      (await opened(two)).sets?.map(({ key }) => key),
      ['one.x', 'other.y'],
    );
  });

  it('is refused where a weight is made by what is not read', async () => {
    const sparse = call(global('torch._utils', '_rebuild_sparse_tensor'), int(1));
    await assert.rejects(
      opened(dict(text('a.weight'), sparse)),
      /a\.weight is made by torch\._utils\._rebuild_sparse_tensor, which is not read/,
    );
  });
});
