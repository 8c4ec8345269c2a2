import { strict as assert } from 'node:assert';
import {
  activation,
  averagePool2d,
  concatenate,
  conv2d,
  dense,
  depthwiseConv2d,
  flatten,
  input,
  maxPool2d,
  merge,
  model,
} from '../../../../src/network/functional';
import { assertNear, TinyExplainer } from '../../../support/explainTiny';

const picture = input([13, 13, 3]);

/** Ways that part and meet again, and layers that no AlexNet has. */
function branching() {
  const stem = conv2d(4, 3, { name: 'stem', padding: 'same', activation: 'relu' })(picture);
  const left = depthwiseConv2d(3, {
    name: 'depthwise',
    multiplier: 2,
    padding: 'same',
    activation: 'sigmoid',
  })(stem);
  const right = conv2d(8, 3, { name: 'dilated', padding: 'same', dilation: 2 })(stem);
  const sum = merge('add', { name: 'sum' })(left, right);
  const strided = depthwiseConv2d(2, { name: 'strided', strides: 2 })(stem);
  const joined = concatenate({ name: 'joined' })(activation('tanh', { name: 'tanh' })(sum), stem);
  const pooled = averagePool2d(2, { name: 'pool', strides: 2 })(joined);
  const both = concatenate({ name: 'both' })(pooled, strided);
  return dense(4, { name: 'scores' })(flatten({ name: 'flatten' })(both));
}

const target = { class: 2 };

describe('explanations of any network', () => {
  it('follow ways that part and meet, as small changes of the picture show', async () => {
    const branchy = await TinyExplainer.of(model(picture, branching()));
    const values = branchy.picture();
    const whole = await branchy.run(values);
    const { map, value } = await branchy.explain(whole, { method: 'saliency', target });
    assert.equal(value, whole.activations.get('scores')!.data[2]);
    const step = 1e-3;
    for (const at of [0, 100, 253, 400, values.length - 1]) {
      const moved = async (by: number): Promise<number> => {
        const copy = values.slice();
        copy[at] = copy[at]! + by;
        return (await branchy.run(copy)).activations.get('scores')!.data[2]!;
      };
      const slope = ((await moved(step)) - (await moved(-step))) / (2 * step);
      const limit = 1e-2 * Math.max(...map.data.map(Math.abs));
      assert.ok(Math.abs(map.data[at]! - slope) < limit, `at ${at}: ${map.data[at]}, ${slope}`);
    }
    branchy.dispose();
  });

  it('are the same where a ReLU is a layer of its own', async () => {
    const layersOf = (fused: boolean) => [
      conv2d(6, 3, { name: 'conv1', ...(fused && { activation: 'relu' as const }) }),
      ...(fused ? [] : [activation('relu', { name: 'relu1' })]),
      maxPool2d(3, { name: 'pool1', strides: 2 }),
      flatten({ name: 'flatten' }),
      dense(5, { name: 'fc2' }),
    ];
    const [fused, apart] = await Promise.all(
      [true, false].map((isFused) =>
        TinyExplainer.of(
          model(
            picture,
            layersOf(isFused).reduce((x, layer) => layer(x), picture),
          ),
        ),
      ),
    );
    const [one, other] = [await fused!.run(), await apart!.run()];
    for (const method of ['saliency', 'guidedBackprop', 'deconvnet', 'lrp'] as const) {
      const { map } = await fused!.explain(one, { method, target });
      assertNear((await apart!.explain(other, { method, target })).map.data, map.data, method);
    }
    fused!.dispose();
    apart!.dispose();
  });
});
