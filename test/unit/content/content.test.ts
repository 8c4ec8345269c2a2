import { strict as assert } from 'node:assert';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { contentOf } from '../../../src/content/contentOf';
import { refusal } from '../../../src/content/refusal';

const latin = (text: string): Buffer => Buffer.from(text, 'latin1');

/** A zip whose first file has this name, up to its data. */
function zipOf(name: string): Buffer {
  const header = Buffer.alloc(30);
  header.write('PK\x03\x04', 'latin1');
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, latin(name), Buffer.alloc(40)]);
}

describe('a file is named by its first bytes', () => {
  const cases: readonly (readonly [string, Buffer, string | undefined])[] = [
    ['JPEG', latin('\xff\xd8\xff\xe0\0\x10JFIF'), 'a JPEG picture'],
    ['PNG', latin('\x89PNG\r\n\x1a\n'), 'a PNG picture'],
    ['AVIF', latin('\0\0\0\x20ftypavif\0\0\0\0mif1miaf'), 'an AVIF picture'],
    ['AVIF by a brand', latin('\0\0\0\x20ftypmif1\0\0\0\0mif1avifmiaf'), 'an AVIF picture'],
    ['HEIC', latin('\0\0\0\x18ftypmif1\0\0\0\0mif1heic'), 'a HEIC picture'],
    ['a film', latin('\0\0\0\x18ftypisom\0\0\0\0isomiso2'), 'a video'],
    ['a Canon raw', latin('II*\0\x10\0\0\0CR\x02\0'), 'a raw picture of a camera'],
    ['a Canon raw of today', latin('\0\0\0\x18ftypcrx \0\0\0\0'), 'a raw picture of a camera'],
    ['TIFF', latin('MM\0*\0\0\0\x08'), 'a TIFF picture'],
    ['SVG behind a mark', latin('\xef\xbb\xbf<svg xmlns="x">'), 'a drawing (SVG)'],
    ['SVG behind words', latin('<!-- by hand -->\n<svg>'), 'a drawing (SVG)'],
    ['XML', latin('<?xml version="1.0"?><Error/>'), 'an XML message'],
    ['HTML', latin('\n<!-- x --><HTML>'), 'a web page'],
    ['Git LFS', latin('version https://git-lfs.github.com/spec/v1\n'), 'a Git LFS pointer'],
    ['safetensors', latin('\x40\x01\0\0\0\0\0\0{"a":{}}'), 'a safetensors file'],
    ['HDF5', latin('\x89HDF\r\n\x1a\n'), 'an HDF5 file'],
    ['PyTorch', zipOf('archive/data.pkl'), 'a PyTorch checkpoint'],
    [
      'PyTorch before 1.6',
      latin('\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19.'),
      'a PyTorch checkpoint',
    ],
    ['NumPy', zipOf('conv1/kernel.npy'), 'a NumPy archive'],
    ['Keras', zipOf('metadata.json'), 'a Keras model'],
    ['Word', zipOf('[Content_Types].xml'), 'an office document'],
    ['another zip', zipOf('holiday/1.jpg'), 'a zip archive'],
    ['a zip of four bytes', latin('PK\x03\x04'), 'a zip archive'],
    ['ONNX', latin('\x08\x07\x12\x07pytorch\x1a\x051.13'), 'an ONNX model'],
    ['TensorFlow.js', latin('{"format":"layers-model"'), 'a model of TensorFlow.js'],
    ['JSON', latin('[1, 2]'), 'a JSON file'],
    ['words', Buffer.from('Größe\n'), 'text'],
    ['zeros', Buffer.alloc(600), undefined],
    ['nothing', Buffer.alloc(0), undefined],
  ];
  for (const [name, bytes, what] of cases)
    it(`${name}: ${what ?? 'not known'}`, () => assert.equal(contentOf(bytes)?.what, what));

  it('as every picture of the samples is', async () => {
    const names = (await readdir('samples')).filter((name) => !name.endsWith('.md'));
    assert.ok(names.length > 3);
    for (const name of names) {
      const content = contentOf(await readFile(join('samples', name)));
      assert.equal(content?.kind, 'picture', name);
    }
  });
});

describe('a file of the wrong kind', () => {
  const asWeights = (bytes: Buffer): string =>
    refusal(bytes, { noun: 'weights', formats: ['safetensors', 'ONNX'] });
  const asPicture = (bytes: Buffer): string =>
    refusal(bytes, { noun: 'a picture', formats: ['JPEG', 'PNG'] });

  it('is named where weights were wanted', () => {
    assert.equal(asWeights(latin('\xff\xd8\xff')), 'the file is a JPEG picture, not weights');
    assert.equal(asWeights(latin('<svg>')), 'the file is a drawing (SVG), not weights');
    assert.equal(asWeights(latin('hello')), 'the file is text, not weights');
    assert.equal(
      asWeights(latin('version https://git-lfs.github.com/spec/v1')),
      'the file is a Git LFS pointer, not weights: fetch the file itself with “git lfs pull”, or download it anew',
    );
    const unknown = 'the file is not weights in a format that is read (safetensors, ONNX)';
    assert.equal(asWeights(Buffer.alloc(9)), unknown);
    assert.equal(asWeights(latin('\x08\x07\x12\x07pytorch')), unknown);
  });

  it('is named where a picture was wanted, with what to do', () => {
    assert.equal(
      asPicture(latin('<svg>')),
      'the file is a drawing (SVG), which is not read: export it as PNG',
    );
    assert.equal(
      asPicture(latin('\0\0\0\x18ftypheic\0\0\0\0')),
      'the file is a HEIC picture, which is not read: save it as JPEG or PNG',
    );
    assert.equal(
      asPicture(zipOf('archive/data.pkl')),
      'the file is a PyTorch checkpoint, not a picture: load it with “AlexNet: Load Weights…”',
    );
    assert.equal(
      asPicture(latin('\x89PNG\r\n')),
      'the file is not a picture in a format that is read (JPEG, PNG)',
    );
  });
});
