import { strict as assert } from 'node:assert';
import { OfferMemory, offeredSet } from '../../../src/host/weights/weightsOffer';
import { catalogue, type CatalogueEntry } from '../../../src/library/catalogue';

const entryOf = (id: string): CatalogueEntry => catalogue.find((entry) => entry.id === id)!;

describe('the published set that is offered', () => {
  const offered = (documentId: string, downloaded: readonly string[] = [], wanted?: string) =>
    offeredSet({
      documentId,
      entries: catalogue,
      isDownloaded: ({ id }) => downloaded.includes(id),
      wanted: wanted === undefined ? undefined : entryOf(wanted),
    })?.id;

  it('is of the shown network where there is one, the downloaded one first', () => {
    assert.equal(offered('torchvision'), 'torchvision-v1');
    assert.equal(offered('torchvision', ['bvlc-deep-compression']), 'torchvision-v1');
    assert.equal(offered('torchvision', ['torchvision-onnx-17']), 'torchvision-onnx-17');
    assert.equal(offered('caffenet', ['bvlc-caffemodel']), 'caffenet-caffemodel');
  });

  it('is another network’s only where nobody published one: what is downloaded, else the small one', () => {
    assert.equal(offered('paper'), 'bvlc-deep-compression');
    assert.equal(offered('paper', ['torchvision-v1']), 'torchvision-v1');
  });

  it('is what was chosen before, unless another network is shown that has its own', () => {
    assert.equal(offered('bvlc', [], 'bvlc-onnx-9'), 'bvlc-onnx-9');
    assert.equal(offered('paper', [], 'caffenet-onnx-12'), 'caffenet-onnx-12');
    assert.equal(offered('torchvision', [], 'bvlc-onnx-9'), 'torchvision-v1');
  });

  it('is what comes with the extension in place of random weights, and of all classes in place of that', () => {
    assert.equal(offered('keras'), 'keras-ten-classes');
    const { classes } = entryOf('keras-ten-classes');
    const better = offeredSet({
      documentId: 'keras',
      entries: catalogue,
      isDownloaded: () => false,
      wanted: undefined,
      known: classes,
    });
    assert.equal(better?.id, 'bvlc-deep-compression');
  });

  it('is none where nothing is published', () => {
    const none = { documentId: 'keras', entries: [], wanted: undefined };
    assert.equal(offeredSet({ ...none, isDownloaded: () => true }), undefined);
  });
});

describe('the notification that offers weights', () => {
  const [first, second] = catalogue as [CatalogueEntry, CatalogueEntry];
  const workspace = () => {
    const kept = new Map<string, unknown>();
    return {
      get: (key: string): unknown => kept.get(key),
      update: (key: string, value: unknown) => Promise.resolve(void kept.set(key, value)),
    };
  };

  it('comes once in a window, and again in the next one', () => {
    const state = workspace();
    const window = new OfferMemory(state);
    assert.deepEqual([window.mayCome(), window.mayCome()], [true, false]);
    assert.equal(new OfferMemory(state).mayCome(), true);
  });

  it('does not come again in a workspace where a person declined', async () => {
    const state = workspace();
    await new OfferMemory(state).decline(first);
    const next = new OfferMemory(state);
    assert.equal(next.mayCome(), false);
    assert.deepEqual([next.hasDeclined(first), next.hasDeclined(second)], [true, false]);
  });

  it('is not kept from coming by what makes no sense in its place', () => {
    const state = { ...workspace(), get: () => 'yes' };
    assert.equal(new OfferMemory(state).mayCome(), true);
  });
});
