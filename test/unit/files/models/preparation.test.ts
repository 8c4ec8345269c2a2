import { strict as assert } from 'node:assert';
import { findingBeside } from '../../../../src/files/bytes/findBeside';
import { findPreprocess } from '../../../../src/files/models/prepare/findPreprocess';
import { assemble } from '../../../../src/network/assemble';
import { checkPreprocess } from '../../../../src/network/preprocess/checkPreprocess';
import { inMemory } from '../../../support/weightFixtures';

const about = { format: 'ONNX (operators 17) from pytorch', names: ['mine'], metadata: {} };

/** How pictures of so many pixels a side are prepared for a network that says nothing itself. */
async function prepared(
  said: Partial<typeof about> & { readonly side?: number; readonly config?: object },
) {
  const { side = 224, config, ...rest } = said;
  const shape = [side, side, 3];
  const network = assemble([{ name: 'x', settings: { kind: 'InputLayer', shape }, inputs: [] }], {
    inputs: ['x'],
    outputs: ['x'],
  });
  const files = config && { 'preprocessor_config.json': Buffer.from(JSON.stringify(config)) };
  const beside = findingBeside(inMemory(files ?? {}));
  const found = await findPreprocess(network, { ...about, ...rest }, beside);
  checkPreprocess(found.preprocess, { width: side, height: side });
  return found;
}

describe('how an opened model’s pictures are prepared', () => {
  it('is assumed where nothing says it, which is said', async () => {
    const { preprocess, source } = await prepared({});
    assert.equal(source, 'assumed: stretched, values from 0 to 1');
    assert.deepEqual([preprocess.fit, preprocess.scale], [{ mode: 'stretch' }, 1 / 255]);
  });

  for (const [name, family] of [
    ['resnet18', 'resnet'],
    ['mobilenet_v2', 'mobilenet'],
    ['wide_resnet50_2', 'wide_resnet'],
  ] as const)
    it(`follows torchvision’s ${family} where PyTorch exported ${name}`, async () => {
      const { preprocess, source } = await prepared({ names: [name] });
      assert.equal(source, `by its name, as torchvision’s ${family}`);
      assert.deepEqual(preprocess.fit, { mode: 'crop', shortSide: 256 });
      assert.deepEqual(preprocess.mean, [0.485, 0.456, 0.406]);
    });

  it('cuts torchvision’s part out of pictures of other sizes', async () => {
    const { preprocess } = await prepared({ names: ['inception_v3'], side: 299 });
    assert.deepEqual(preprocess.fit, { mode: 'crop', shortSide: 342 });
  });

  it('follows Keras’ architectures where Keras wrote the file', async () => {
    const keras = { format: 'Keras 3.15.1', names: ['file', 'resnet50'] };
    const { preprocess, source } = await prepared(keras);
    assert.equal(source, 'by its name, as Keras’ resnet50');
    assert.equal(preprocess.order, 'BGR');
    const other = await prepared({ ...keras, format: 'ONNX (operators 9) from CNTK' });
    assert.match(other.source, /^assumed/);
  });

  it('is what ONNX’ own metadata says of the picture', async () => {
    const metadata = {
      'Image.BitmapPixelFormat': 'Bgr8',
      'Image.NominalPixelRange': 'Normalized_1_1',
    };
    const { preprocess, source } = await prepared({ metadata, names: ['resnet18'] });
    assert.equal(source, 'from the file: Bgr8, Normalized_1_1');
    const { order, scale, mean } = preprocess;
    assert.deepEqual([order, scale, mean], ['BGR', 1 / 127.5, [1, 1, 1]]);
  });

  describe('by a preprocessor_config.json beside it', () => {
    const usual = { image_mean: [0.5, 0.4, 0.3], image_std: [0.2, 0.2, 0.1], resample: 3 };

    for (const [what, config, fit] of [
      ['a short side', { size: { shortest_edge: 256 } }, { mode: 'crop', shortSide: 256 }],
      ['a part to be cut out', { size: 224, crop_pct: 0.875 }, { mode: 'crop', shortSide: 256 }],
      ['a size', { size: { height: 224, width: 224 } }, { mode: 'stretch' }],
      ['a large size, of which nothing is cut', { size: 384, crop_pct: 0.9 }, { mode: 'stretch' }],
      ['a short side below its input’s', { size: { shortest_edge: 32 } }, { mode: 'stretch' }],
    ] as const)
      it(`takes ${what}`, async () => {
        const { preprocess, source } = await prepared({ config: { ...usual, ...config } });
        assert.equal(source, 'preprocessor_config.json beside it');
        assert.deepEqual(preprocess.fit, fit);
        assert.deepEqual([preprocess.filter, preprocess.mean], ['bicubic', usual.image_mean]);
      });

    it('takes what it switches off as off', async () => {
      const config = { ...usual, do_normalize: false, do_rescale: false };
      const { preprocess } = await prepared({ config });
      const { scale, mean, std } = preprocess;
      assert.deepEqual([scale, mean, std], [1, [0, 0, 0], [1, 1, 1]]);
    });

    it('takes the one number of a grey picture, and 1 off where it says so', async () => {
      const config = {
        ...{ image_mean: [0.5], image_std: [0.5], do_flip_channel_order: true },
        ...{ rescale_factor: 1 / 127.5, rescale_offset: true },
      };
      const { preprocess } = await prepared({ config });
      const { mean, std, order, scale } = preprocess;
      assert.deepEqual([mean, std, order], [[1.5, 1.5, 1.5], [0.5, 0.5, 0.5], 'BGR']);
      assert.equal(scale, 1 / 127.5);
    });

    for (const config of [{ ...usual, image_std: [0, 1, 1] }, { image_mean: ['x', 1, 2] }])
      it(`is as without it where it says ${JSON.stringify(config).slice(0, 60)}`, async () => {
        assert.match((await prepared({ config })).source, /^assumed/);
      });
  });
});
