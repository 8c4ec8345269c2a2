import { alexNets } from '../../../src/library/alexNets';
import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { catalogue } from '../../../src/library/catalogue';
import { foreignContent } from '../../../src/host/weights/foreignContent';
import { weightsItems } from '../../../src/host/weights/weightsItems';
import { wantedWeights } from '../../../src/host/weights/weightsMemory';
import { weightsUrl } from '../../../src/host/weights/fetchEntry';
import {
  accuracyWords,
  consentDetails,
  consentWords,
  entryDetail,
  offerQuestion,
  offerWords,
} from '../../../src/host/weights/weightsWords';
import { weightsWords } from '../../../src/webview/header/weightsMenu';

const ids = catalogue.map(({ id }) => id);
const [first] = catalogue;

describe('the catalogue of published weights', () => {
  it('names every set once, with a whole checksum and addresses', () => {
    assert.equal(new Set(ids).size, ids.length);
    assert.equal(new Set(catalogue.map(({ checksum }) => checksum.hex)).size, ids.length);
    const digits = { sha256: 64, sha1: 40, gitBlob: 40 };
    for (const { id, checksum, urls, shipped, bytes, licence, source } of catalogue) {
      assert.match(checksum.hex, new RegExp(`^[0-9a-f]{${digits[checksum.kind]}}$`), id);
      assert.equal(urls.length === 0, shipped !== undefined, id);
      assert.ok(bytes > 1e6 && bytes < 300e6, id);
      // Caffe's own host knows no TLS; the checksum stands for what it sends.
      for (const url of urls)
        assert.match(url, /^(https:\/\/|http:\/\/dl\.caffe\.berkeleyvision\.org\/)/);
      assert.ok(licence && source.startsWith('https://'), id);
    }
  });

  it('offers the small set first, with the accuracy that its authors published', () => {
    assert.deepEqual(
      [first?.id, first?.documentId, first?.bytes],
      ['bvlc-deep-compression', 'bvlc', 9_037_369],
    );
    assert.deepEqual([first?.top1, first?.top5], [57.074, 80.254]);
  });

  it('is named in the setting, every set of it', () => {
    const text = readFileSync('package.json', 'utf8');
    for (const id of ids) assert.ok(text.includes(`\`${id}\``), id);
  });
});

describe('the address of a set', () => {
  const url = 'https://github.com/a/b.net';
  const under = (host: string | undefined): string => {
    const before = process.env['ALEXNET_WEIGHTS_HOST'];
    if (host === undefined) delete process.env['ALEXNET_WEIGHTS_HOST'];
    else process.env['ALEXNET_WEIGHTS_HOST'] = host;
    try {
      return weightsUrl(url);
    } finally {
      if (before === undefined) delete process.env['ALEXNET_WEIGHTS_HOST'];
      else process.env['ALEXNET_WEIGHTS_HOST'] = before;
    }
  };

  it('is its own unless a server of this machine stands in', () => {
    assert.equal(under(undefined), url);
    assert.equal(under('http://127.0.0.1:81/x'), 'http://127.0.0.1:81/github.com/a/b.net');
    assert.equal(under('http://localhost:81'), 'http://localhost:81/github.com/a/b.net');
    assert.equal(under('http://[::1]:81'), 'http://[::1]:81/github.com/a/b.net');
    for (const elsewhere of [
      'https://evil.example',
      'http://127.0.0.1.evil.example',
      'nonsense',
      '',
    ])
      assert.equal(under(elsewhere), url);
  });
});

describe('the setting alexnet.weights', () => {
  it('is random, a published set, or a path of the person’s own', () => {
    for (const shipped of [undefined, '', 'shipped'])
      assert.deepEqual(wantedWeights(shipped, undefined, ids), { kind: 'shipped' });
    assert.deepEqual(wantedWeights('random', undefined, ids), { kind: 'random' });
    assert.deepEqual(wantedWeights('torchvision-v1', undefined, ids), {
      kind: 'published',
      id: 'torchvision-v1',
    });
    const path = process.platform === 'win32' ? 'C:\\w.pth' : '/w.pth';
    assert.deepEqual(wantedWeights(path, path, ids), { kind: 'file', path });
    assert.match(why(wantedWeights(path, undefined, ids)), /only in the user settings/);
    assert.match(why(wantedWeights(path, `${path}x`, ids)), /only in the user settings/);
    assert.match(
      why(wantedWeights('vgg', 'vgg', ids)),
      /is "vgg"; it can be shipped, random, bvlc-deep-/,
    );
    assert.match(why(wantedWeights(3, 3, ids)), /is 3; give it a text/);
  });

  const why = (answer: object): string => (answer as { why?: string }).why ?? '';
});

describe('the list of weights', () => {
  const random = {
    documentId: 'torchvision',
    trained: false,
    name: 'random, seed 1',
    tensors: 16,
  } as const;

  it('begins with random weights, then the shown network’s sets, then the others, then a file', () => {
    const items = weightsItems({
      document: alexNets.torchvision,
      weights: random,
      entries: catalogue,
      isDownloaded: ({ id }) => id === 'torchvision-v1',
    });
    assert.deepEqual(
      items
        .map(({ kind }) => kind)
        .join(' ')
        .replaceAll(/(published ?)+/g, 'sets '),
      'random heading sets heading sets heading file',
    );
    const sets = items.filter((item) => item.kind === 'published');
    assert.deepEqual(
      sets.slice(0, 3).map(({ entry }) => entry.documentId),
      Array(3).fill('torchvision'),
    );
    assert.equal(sets.length, catalogue.length);
    assert.equal(sets[0]?.description, 'top-1 56.522 %, top-5 79.066 %, downloaded');
    assert.match(sets[0].detail, /^244\.4 MB · BSD-3-Clause · pytorch\.org/);
    assert.match(JSON.stringify(items[0]), /in use/);
  });

  it('marks the set in use, and asks for no heading without sets', () => {
    const [entry] = catalogue;
    assert.ok(entry);
    const { name, conditions, licence, source } = entry;
    const weights = { ...random, trained: true, published: { name, conditions, licence, source } };
    const items = weightsItems({
      document: alexNets.bvlc,
      weights,
      entries: [entry],
      isDownloaded: () => true,
    });
    assert.equal(items.filter(({ kind }) => kind === 'heading').length, 2);
    assert.match(JSON.stringify(items[2]), /downloaded, in use/);
  });
});

describe('weights in words', () => {
  it('say what a person agrees to', () => {
    assert.ok(first);
    const networks = { shown: 'Keras functional', next: 'BVLC AlexNet (Caffe)' };
    const detail = consentDetails({ entry: first, networks, arrived: 0 }, '/storage/weights');
    assert.match(
      detail,
      /^The panel will change from Keras functional to BVLC AlexNet \(Caffe\)\./,
    );
    for (const words of [
      'about 9.0 MB',
      'https://github.com/songhan/Deep-Compression-AlexNet/raw/master/AlexNet_compressed.net',
      'or from raw.githubusercontent.com if that fails',
      'BSD-2-Clause',
      'top-1 57.074 %, top-5 80.254 % (ILSVRC-2012 validation',
      '/storage/weights',
      'id in git',
    ])
      assert.ok(detail.includes(words), `${detail} lacks ${words}`);
    assert.match(entryDetail(first), /^about 9\.0 MB · BSD-2-Clause · github\.com/);
  });

  it('say first what will change, then how large it is and where it comes from', () => {
    assert.ok(first);
    const networks = { shown: 'Keras functional', next: 'BVLC AlexNet (Caffe)' };
    assert.equal(
      consentWords({ entry: first, networks, arrived: 0 }),
      'The panel will change from Keras functional to BVLC AlexNet (Caffe).\n\nAbout 9.0 MB from github.com.',
    );
    const same = { shown: 'CaffeNet', next: 'CaffeNet' };
    const entry = catalogue.find(({ id }) => id === 'torchvision-v1')!;
    assert.equal(
      consentWords({ entry, networks: same, arrived: 3.1e6 }),
      '244.4 MB from download.pytorch.org. 3.1 MB are here already.',
    );
  });

  it('say whose weights are offered where they are for another network', () => {
    assert.ok(first);
    const own = { entry: first, isDownloaded: false, network: undefined };
    assert.equal(offerWords(own), 'Load ImageNet weights, 9 MB');
    assert.equal(offerWords({ ...own, isDownloaded: true }), 'Load ImageNet weights');
    assert.equal(offerQuestion(own), 'Load BVLC AlexNet, Deep Compression, 9 MB?');
    const other = { ...own, isDownloaded: true, network: 'BVLC AlexNet (Caffe)' };
    assert.equal(offerWords(other), 'Load ImageNet weights for BVLC AlexNet (Caffe)');
    assert.equal(
      offerQuestion(other),
      'Load BVLC AlexNet, Deep Compression? The panel will change to BVLC AlexNet (Caffe).',
    );
  });

  it('say of weights that come with the extension what they know', () => {
    const entry = catalogue.find(({ shipped }) => shipped !== undefined)!;
    assert.match(accuracyWords(entry), /^top-1 [\d.]+ %, top-5 [\d.]+ % of 10 classes$/);
    assert.match(entryDetail(entry), /^comes with the extension · MIT/);
    const offer = { entry, isDownloaded: true, network: undefined };
    assert.equal(offerWords(offer), 'Load weights of 10 classes');
  });

  it('say that nobody published an accuracy', () => {
    const opset9 = catalogue.find(({ id }) => id === 'bvlc-onnx-9');
    assert.ok(opset9);
    assert.equal(accuracyWords(opset9), 'no accuracy published');
  });

  it('tell the panel about published, own and random weights', () => {
    const weights = { documentId: 'bvlc', trained: true, name: 'w.pth', tensors: 16 } as const;
    assert.deepEqual(weightsWords(weights), ['w.pth', '16 tensors, trained']);
    assert.equal(weightsWords({ ...weights, trained: false })[1], '16 tensors, untrained');
    const facts = { name: 'A', conditions: 'c', licence: 'l', source: 's' };
    assert.deepEqual(
      weightsWords({ ...weights, published: { ...facts, top1: 57.1, top5: 80.2 } }).slice(2),
      ['Published: top-1 57.1 %, top-5 80.2 % (c)', 'Licence: l', 'Source: s'],
    );
    assert.equal(weightsWords({ ...weights, published: facts })[2], 'Published: no accuracy (c)');
    const some = { ...facts, top1: 70, top5: 95, classes: [1, 2] };
    assert.equal(
      weightsWords({ ...weights, published: some })[2],
      'Measured: top-1 70 %, top-5 95 % (c)',
    );
  });
});

describe('what a publisher sends instead of a file', () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    ['version https://git-lfs.github.com/spec/v1\noid', 'a Git LFS pointer'],
    ['\ufeff\n <!DOCTYPE HTML>', 'a web page'],
    ['<html lang="en">', 'a web page'],
    ['<?xml version="1.0"?><Error>', 'an XML message'],
    ['PK\u0003\u0004', undefined],
    ['\u0010\0\0\0\0\0\0\0{"a":', undefined],
    ['', undefined],
  ];
  for (const [text, what] of cases)
    it(`${JSON.stringify(text)} is ${what ?? 'not known'}`, () =>
      assert.equal(foreignContent(Buffer.from(text)), what));
});
