import { strict as assert } from 'node:assert';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import * as vscode from 'vscode';
import type { AlexNetInspectorApi } from '../../alexnet-inspector';
import { extensionApi, inWorkspace, picture } from '../support/extensionApi';
import { image } from '../support/formula';
import { writeSlowPicture } from '../support/slowPicture';
import { writePng } from '../support/writePng';

describe('the API', () => {
  let api: AlexNetInspectorApi;

  before(async () => {
    api = await extensionApi();
    await api.useVariant('keras');
    await api.loadWeights('random');
  });

  it('lists the five variants with their totals', () => {
    assert.equal(api.version, 1);
    assert.deepEqual(
      api.variants().map(({ id, parameters, macs }) => [id, parameters, macs]),
      [
        ['keras', 62_380_776, 1_139_124_224],
        ['paper', 60_965_224, 724_406_816],
        ['bvlc', 60_965_224, 724_406_816],
        ['caffenet', 60_965_224, 724_406_816],
        ['torchvision', 61_100_840, 714_188_480],
      ],
    );
  });

  it('summarizes the shown variant unless another is named', () => {
    assert.equal(api.summary().totals.parameters, 62_380_776);
    assert.equal(api.summary('torchvision').layers[1]?.outputShape.join(), '55,55,64');
  });

  it('says which backend runs and why no better one does', async () => {
    const { backend, threads, refused } = await api.engine();
    assert.ok(['tensorflow', 'wasm'].includes(backend));
    // Set by npm test where npm run native has made an addon.
    if (process.env['ALEXNET_TFJS_ADDON']) assert.equal(backend, 'tensorflow');
    assert.ok(threads >= 1);
    if (backend === 'wasm')
      assert.deepEqual(
        refused.filter((rung) => rung.threads === undefined).map((rung) => rung.backend),
        ['tensorflow'],
      );
  });

  it('classifies a picture: predictions, logits and every layer', async () => {
    const run = await api.classify(picture('rgb-420.jpg'), { topK: 3 });
    assert.equal(run.predictions.length, 3);
    assert.equal(run.logits.length, 1000);
    assert.equal(run.trained, false);
    assert.deepEqual(run.preprocess.fit, { mode: 'stretch' });
    assert.deepEqual(
      run.layers.map(({ name, outputShape }) => ({ name, outputShape })),
      api
        .summary()
        .layers.slice(1)
        .map(({ name, outputShape }) => ({ name, outputShape })),
    );
    assert.ok(run.layers.every(({ milliseconds }) => milliseconds >= 0));
    const probabilities = (await api.activation(run.runId, 'fc8')).data;
    for (const { index, probability } of run.predictions) {
      assert.ok(Math.abs((probabilities[index] ?? NaN) - probability) < 1e-5);
    }
  });

  it('gives the same numbers for the same seed', async () => {
    const first = await api.classify(picture('small.png'));
    await api.loadWeights('random');
    const second = await api.classify(picture('small.png'));
    assert.deepEqual(first.logits, second.logits);
  });

  it('gives exactly the tensor the network saw, with overridden parts', async () => {
    await vscode.workspace.fs.writeFile(
      inWorkspace('seen.png'),
      writePng(image(224, 224, 5), 224, 224),
    );
    const run = await api.classify(inWorkspace('seen.png'), {
      preprocess: { order: 'BGR', scale: 1, mean: [1, 2, 3], std: [2, 2, 2] },
    });
    const { shape, data } = await api.input(run.runId);
    assert.deepEqual(shape, [224, 224, 3]);
    const rgb = image(224, 224, 5);
    for (let pixel = 0; pixel < 224 * 224; pixel += 97) {
      for (let channel = 0; channel < 3; channel++) {
        const value = rgb[pixel * 3 + 2 - channel]!;
        assert.equal(data[pixel * 3 + channel], (value - (channel + 1)) / 2);
      }
    }
  });

  it("uses each variant's own preprocessing and input size", async () => {
    await api.useVariant('bvlc');
    const run = await api.classify(picture('rgb-420.jpg'));
    assert.deepEqual(run.preprocess.fit, { mode: 'warp', size: 256 });
    assert.equal(run.preprocess.order, 'BGR');
    const input = await api.input(run.runId);
    assert.deepEqual(input.shape, [227, 227, 3]);
    const path = resolve(inWorkspace('fixtures', 'imaging', 'expected.json').fsPath);
    const expected = JSON.parse(await readFile(path, 'utf8')) as {
      files: Record<string, { warp256crop227: [number, number][] }>;
    };
    const mean = [122.6789, 116.6688, 104.007];
    for (const [i, value] of expected.files['rgb-420.jpg']!.warp256crop227) {
      const [pixel, channel] = [Math.floor(i / 3), i % 3];
      const seen = input.data[pixel * 3 + (2 - channel)]!;
      assert.ok(Math.abs(seen - (value - mean[channel]!)) < 1e-4, `sample ${i}`);
    }
    await api.useVariant('keras');
  });

  it('keeps the last four runs, and says so when asked for an older one', async () => {
    const ids: number[] = [];
    for (let i = 0; i < 5; i++) ids.push((await api.classify(picture('small.png'))).runId);
    await assert.rejects(api.activation(ids[0]!, 'conv1'), /run \d+ is not kept/);
    for (const id of ids.slice(1))
      assert.equal((await api.activation(id, 'pool5')).data.length, 9216);
    await assert.rejects(api.activation(ids[4]!, 'conv9'), /no layer "conv9"; it has conv1/);
    await assert.rejects(api.input(123456), /there is no run 123456/);
  });

  it('explains a run: pixels, cells of a layer, one class and not another', async () => {
    const { runId, logits, predictions } = await api.classify(picture('rgb-420.jpg'));
    const [first, second] = predictions.map(({ index }) => index) as [number, number];
    const target = { class: first, minus: second };
    const cam = await api.explain(runId, { method: 'gradCam', target });
    assert.deepEqual(cam.map.shape, [13, 13]);
    assert.ok(cam.map.data.some((value) => value !== 0));
    assert.ok(Math.abs(cam.value - (logits[first]! - logits[second]!)) < 1e-5);
    const settings = { beforeActivation: false };
    assert.deepEqual(cam.recipe, { method: 'gradCam', target, layer: 'conv5', settings });
    const pixels = await api.explain(runId, { method: 'saliency', target: { class: first } });
    assert.deepEqual(pixels.map.shape, [224, 224, 3]);
    assert.ok(pixels.map.data.every(Number.isFinite));
    const unit = { layer: 'conv5', unit: [6, 6, 0] } as const;
    assert.deepEqual(
      (await api.explain(runId, { method: 'hiResCam', layer: 'conv2', target: unit })).map.shape,
      [27, 27],
    );
    await assert.rejects(
      api.explain(runId, { method: 'gradCam', target: { class: 1000 } }),
      /there is no class 1000: the network tells 1000 apart/,
    );
    await assert.rejects(
      api.explain(123456, { method: 'gradCam', target }),
      /there is no run 123456/,
    );
    const source = new vscode.CancellationTokenSource();
    const { token } = source;
    const cancelled = api.explain(runId, { method: 'scoreCam', target, token });
    source.cancel();
    await assert.rejects(cancelled, vscode.CancellationError);
  });

  it('puts methods to the test with random layers', async () => {
    const { runId, logits } = await api.classify(picture('rgb-420.jpg'));
    const target = { layer: 'conv2', channel: 3 } as const;
    const options = { target, methods: ['saliency'], seed: 1 } as const;
    const { stages, rows } = await api.sanityCheck(runId, options);
    assert.deepEqual(stages, [['conv2'], ['conv1', 'bn1']]);
    const [row] = rows;
    assert.ok(row && 'steps' in row && row.steps.length === 2);
    assert.deepEqual(row.map.shape, [56, 56]);
    // The weights in use were drawn from the same seed.
    assert.deepEqual(
      row.steps.map(({ magnitudes }) => magnitudes),
      [1, 1],
    );
    assert.deepEqual((await api.classify(picture('rgb-420.jpg'))).logits, logits);
    await assert.rejects(
      api.sanityCheck(runId, { ...options, methods: [] }),
      /methods must be a list/,
    );
  });

  it('says what a channel likes: a picture made for it, and patches of pictures', async () => {
    const target = { layer: 'conv2', channel: 3 } as const;
    const settings = { steps: 3, jitter: 0, blur: 0 };
    const made = await api.imagine({ target, settings });
    const { width, height, rgb } = made.picture;
    assert.deepEqual([width, height, rgb.length], [224, 224, 224 * 224 * 3]);
    assert.ok(made.value > made.start);
    assert.deepEqual([made.step, made.recipe.settings.seed], [3, 1]);
    const more = { ...settings, steps: 4 };
    assert.equal((await api.imagine({ target, settings: more, from: made })).step, 4);
    await assert.rejects(
      api.imagine({ target: { layer: 'conv2', channel: 999 } }),
      /conv2 has no channel 999/,
    );
    const source = new vscode.CancellationTokenSource();
    const cancelled = api.imagine({ target, token: source.token });
    source.cancel();
    await assert.rejects(cancelled, vscode.CancellationError);

    const pictures = ['rgb-420.jpg', 'grey.jpg', 'small.png'].map(picture);
    const found = await api.patches(pictures, { layer: 'conv5', perChannel: 2 });
    assert.deepEqual([found.pictures, found.channels.length, found.unreadable], [3, 256, []]);
    for (const [channel, [best, next]] of found.channels.entries()) {
      assert.ok(best!.value >= next!.value, `${channel}`);
      assert.notEqual(best!.uri.toString(), next!.uri.toString());
    }
    await assert.rejects(
      api.patches([], { layer: 'conv5' }),
      /expected the vscode.Uri of a folder/,
    );
    await assert.rejects(
      api.patches(pictures, { layer: 'conv5', perChannel: 0 }),
      /perChannel must be a whole number from 1 to 100, got 0/,
    );
  });

  it('evaluates a labelled folder: what is said of each picture, added up', async () => {
    const folder = inWorkspace('api-labelled');
    const files = ['rgb-420.jpg', 'grey.jpg', 'small.png', 'tall.png'];
    const indices = new Map<string, number>();
    for (const file of files) {
      const { predictions } = await api.classify(picture(file), { topK: 5 });
      // One of two is called what it is taken for, the other what comes third.
      const place = indices.size % 2 === 0 ? 0 : 2;
      indices.set(file, predictions[place]!.index);
    }
    for (const [file, index] of indices) {
      const name = `${index}/${file}`;
      await vscode.workspace.fs.copy(picture(file), vscode.Uri.joinPath(folder, name));
    }
    const broken = vscode.Uri.joinPath(folder, String(indices.get('grey.jpg')), 'broken.png');
    await vscode.workspace.fs.writeFile(broken, Buffer.from('no picture'));
    const found = await api.evaluate(folder);
    assert.deepEqual([found.pictures, found.top1, found.top5], [4, 0.5, 1]);
    const classes = [...new Set(indices.values())].sort((a, b) => a - b);
    assert.deepEqual(
      found.classes.map(({ index }) => index),
      classes,
    );
    assert.equal(
      found.classes.reduce((sum, { top1 }) => sum + top1, 0),
      2,
    );
    assert.deepEqual(
      found.unreadable.map(({ uri }) => uri.toString()),
      [broken.toString()],
    );
    await vscode.workspace.fs.createDirectory(vscode.Uri.joinPath(folder, 'crane'));
    await assert.rejects(api.evaluate(folder), /the folder crane names crane \(n02012849/);
    await assert.rejects(api.evaluate(picture('small.png')), /small\.png/);
    await vscode.workspace.fs.delete(folder, { recursive: true });
  });

  it('refuses arguments that make no sense', async () => {
    const uri = picture('small.png');
    await assert.rejects(api.useVariant('vgg'), /there is no variant "vgg"; there are keras/);
    assert.throws(() => api.summary('vgg'), /there is no variant/);
    await assert.rejects(api.classify('cat.jpg' as never), /expected a vscode.Uri, got "cat.jpg"/);
    await assert.rejects(
      api.classify(uri, { topK: 0 }),
      /topK must be a whole number above 0, got 0/,
    );
    await assert.rejects(api.classify(uri, { preprocess: { std: [1, 0, 1] } }), /std/);
    await assert.rejects(api.classify(uri, { preprocess: { scale: NaN } }), /scale/);
    await assert.rejects(
      api.classify(uri, { preprocess: { fit: { mode: 'warp', size: 100 } } }),
      /100/,
    );
    await assert.rejects(
      api.classify(uri, { preprocess: { filter: 'lanczos' as never } }),
      /lanczos/,
    );
    await assert.rejects(
      api.loadWeights(inWorkspace('README.md')),
      /README.md is text, not weights/,
    );
    await assert.rejects(
      api.loadWeights(inWorkspace('no-such-file')),
      /^Error: no-such-file is not there any more$/,
    );
    assert.equal((await api.classify(uri)).trained, false);
  });

  it('stops when cancelled: before it starts, and while it runs', async () => {
    const source = new vscode.CancellationTokenSource();
    const slow = await writeSlowPicture();
    const running = api.classify(slow, { token: source.token });
    setTimeout(() => source.cancel(), 20);
    await assert.rejects(running, vscode.CancellationError);
    await vscode.workspace.fs.delete(slow);
    await assert.rejects(
      api.classify(picture('rgb.png'), { token: source.token }),
      vscode.CancellationError,
    );
    assert.equal((await api.classify(picture('rgb.png'))).logits.length, 1000);
  });
});
