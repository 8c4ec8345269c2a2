import assert from 'node:assert/strict';
import { imagineDefaults, type Imagined } from '../../../src/protocol/imagining';
import type { PanelPatches } from '../../../src/protocol/likes';
import { CancelledError } from '../../../src/protocol/rpc';
import { imaginingWords } from '../../../src/webview/likes/imaginedPart';
import { likedTarget, likedWords } from '../../../src/webview/likes/liked';
import { searchWords } from '../../../src/webview/likes/patchesPart';
import type { Ask } from '../../../src/webview/state/ask';
import { Imaginings } from '../../../src/webview/state/imaginings';
import { firstLikesLook, readLikesLook } from '../../../src/webview/state/likesLook';

const conv5 = { layer: 'conv5', outputShape: [13, 13, 256], channel: 12 } as const;
const fc6 = { layer: 'fc6', outputShape: [4096], channel: 12 } as const;

function imagined(step: number): Imagined {
  return {
    ...{ picture: { width: 1, height: 1, rgb: new Uint8Array(3) }, pixels: new Float32Array(3) },
    ...{ step, start: 0.5, value: 12, milliseconds: 4200 },
    recipe: { target: { layer: 'conv5', channel: 12 }, settings: imagineDefaults },
  } as Imagined;
}

describe('what a unit likes', () => {
  it('is asked of the middle cell of a channel, of all its cells, or of a unit of a list', () => {
    assert.deepEqual(likedTarget(conv5, 'middle'), { layer: 'conv5', unit: [6, 6, 12] });
    assert.deepEqual(likedTarget(conv5, 'all'), { layer: 'conv5', channel: 12 });
    assert.deepEqual(likedTarget(fc6, 'all'), { layer: 'fc6', unit: [0, 0, 12] });
    assert.deepEqual([likedWords(conv5), likedWords(fc6)], ['channel 12', 'unit 12']);
  });

  it('is said as far as it is', () => {
    assert.match(imaginingWords(undefined, fc6), /so that unit 12 answers more\. No picture/);
    const picture = imagined(40);
    assert.equal(
      imaginingWords({ status: 'making', picture }, conv5),
      '40 of 128 steps, from 0.5 to 12',
    );
    assert.equal(
      imaginingWords({ status: 'stopped', picture }, conv5),
      'Stopped after 40 of 128 steps: from 0.5 to 12 in 4.2 s.',
    );
    assert.match(
      imaginingWords({ status: 'failed', why: 'out of memory' }, conv5),
      /^Could not make the picture: out of memory\.$/,
    );
    const search = { status: 'stopped', done: 120, pictures: 3925, from: 'val' } as PanelPatches;
    assert.equal(searchWords(search), 'Stopped after 120 of 3,925 pictures: val');
    assert.equal(
      searchWords({ ...search, status: 'done', pictures: 1 }),
      'The strongest of 1 picture: val',
    );
  });

  it('keeps how it is made, and nothing odd', () => {
    const saved = { cells: 'all', settings: { ...firstLikesLook.settings, seed: 9, blur: -1 } };
    const kept = { cells: 'all', settings: { ...firstLikesLook.settings, seed: 9 } };
    assert.deepEqual(readLikesLook(saved), kept);
    assert.deepEqual(readLikesLook({ cells: 3, settings: 'fast' }), firstLikesLook);
    assert.deepEqual(readLikesLook(undefined), firstLikesLook);
  });

  it('keeps the picture so far when it is stopped, and another begun', async () => {
    const turn = (): Promise<void> => new Promise((done) => setImmediate(done));
    const calls: {
      params: unknown;
      report: (step: number) => void;
      end: (made: Imagined) => void;
    }[] = [];
    const ask = ((_, params, options) =>
      new Promise((resolve, reject) => {
        options?.signal?.addEventListener('abort', () => reject(new CancelledError()));
        calls.push({
          params,
          report: (step) =>
            options?.onProgress?.({
              ...{ what: '', fraction: step / 128, imagined: imagined(step) },
            }),
          end: (made) => resolve(made),
        });
      })) as Ask;
    let drawn = 0;
    const imaginings = new Imaginings(ask, () => drawn++);
    const of = { documentId: 'keras', weightsId: 1, target: likedTarget(conv5, 'all') };
    const other = { ...of, target: likedTarget(fc6, 'all') };
    assert.equal(imaginings.known(of), undefined);
    imaginings.make(of, { seed: 3 });
    calls[0]!.report(4);
    assert.deepEqual(
      [imaginings.known(of)?.status, imaginings.known(of)?.picture?.step],
      ['making', 4],
    );
    imaginings.make(other, {});
    await turn();
    // A message that was under way changes nothing any more.
    calls[0]!.report(8);
    assert.deepEqual(
      [imaginings.known(of)?.status, imaginings.known(of)?.picture?.step],
      ['stopped', 4],
    );
    assert.equal(imaginings.known({ ...of, weightsId: 2 }), undefined);
    // A file's weights have another number once they are read.
    assert.equal(imaginings.known({ ...other, weightsId: 2 })?.status, 'making');
    assert.equal(imaginings.known(other)?.status, 'making');
    const from = imaginings.known(of)!.picture!;
    imaginings.make(of, { seed: 3 }, from);
    assert.deepEqual(calls[2]!.params, {
      ...{ documentId: 'keras', target: of.target, settings: { seed: 3 }, from },
    });
    calls[2]!.end(imagined(128));
    await turn();
    assert.deepEqual(
      [imaginings.known(of)?.status, imaginings.known(of)?.picture?.step],
      ['done', 128],
    );
    assert.equal(imaginings.known(other)?.status, 'stopped');
    assert.ok(drawn >= 6);
  });
});
