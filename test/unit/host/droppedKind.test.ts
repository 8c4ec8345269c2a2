import { strict as assert } from 'node:assert';
import { droppedKind, sortDropped, type DroppedKind } from '../../../src/host/models/droppedKind';

describe('a file that is dropped on the panel', () => {
  const kinds: readonly (readonly [kind: DroppedKind, paths: readonly string[]])[] = [
    ['model', ['/a/mine.onnx', '/a/mine.KERAS', '/a/mine.h5', '/a/b/model.json']],
    ['weights', ['/a/w.pth', '/a/w.safetensors', '/a/w.weights.h5', '/a/w.safetensors.index.json']],
    ['picture', ['/a/cat.jpg', '/a/photos', '/a/other.json', '/onnx', '/a/cat.onnx.png']],
  ];
  for (const [kind, paths] of kinds)
    it(`is taken for a ${kind} by its name: ${paths.join(', ')}`, () => {
      assert.deepEqual(
        paths.filter((path) => droppedKind(path) !== kind),
        [],
      );
    });

  it('is one of several of all kinds, but for weights', () => {
    const files = ['a.onnx', 'b.jpg', 'c.pth', 'd.keras'].map((path) => ({ path }));
    const { model, weights, picture } = sortDropped(files);
    assert.deepEqual(
      [model, weights, picture].map((all) => all.map(({ path }) => path)),
      [['a.onnx', 'd.keras'], ['c.pth'], ['b.jpg']],
    );
    assert.throws(() => sortDropped([...files, { path: 'e.npz' }]), {
      message: 'one file of weights is loaded at a time, not 2; drop one',
    });
  });
});
