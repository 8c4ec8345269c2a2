import { strict as assert } from 'node:assert';
import type { AlexNetInspectorApi } from '../../alexnet-inspector';
import { extensionApi, picture } from '../support/extensionApi';

describe('the API asks what would have been', () => {
  let api: AlexNetInspectorApi;

  before(async () => {
    api = await extensionApi();
    await api.useVariant('keras');
    await api.loadWeights('random');
  });

  it('changes a run: channels off and parts of the picture erased, and the run stays', async () => {
    const { runId, logits, predictions } = await api.classify(picture('rgb-420.jpg'));
    const target = { class: predictions[0]!.index };
    const { shares, value } = await api.channelShares(runId, { layer: 'conv5', target });
    assert.ok(Math.abs(value - logits[target.class]!) < 1e-5);
    const strongest = shares.indexOf(Math.max(...shares));
    const area = { top: 0, left: 0, height: 112, width: 224 };
    const changed = await api.change(runId, {
      off: { conv5: [strongest] },
      erased: { areas: [area], fill: 'zero' },
      topK: 3,
    });
    assert.deepEqual([changed.logitsBefore, changed.predictions.length], [logits, 3]);
    assert.equal(changed.layers[0], 'conv1');
    const { data } = await api.activation(changed.runId, 'conv5');
    assert.ok(data.every((each, at) => at % shares.length !== strongest || each === 0));
    const input = await api.input(changed.runId);
    assert.ok(input.data.subarray(0, 3 * 112 * 224).every((each) => each === 0));
    const cam = await api.explain(changed.runId, { method: 'gradCam', target });
    assert.equal(cam.value, changed.logits[target.class]);
    const parted = (await api.compare(runId, changed.runId)).find(({ parts }) => parts);
    assert.equal(parted?.name, 'input');
    assert.deepEqual((await api.change(runId, {})).logits, logits);
    await assert.rejects(api.change(runId, { off: { conv5: [256] } }), /conv5 has no channel 256/);
    await assert.rejects(api.change(123456, {}), /there is no run 123456/);
  });
});
