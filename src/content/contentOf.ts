import { headBytes, type Content } from './content';

type Start = string | RegExp;

const utf8Mark = /^\xef\xbb\xbf/;
const asPng = 'export it as PNG';
const unpack = 'unpack it first';

/** A model begins with its version, then the name of the program that wrote it. */
const onnxVersions = Array.from({ length: 32 }, (_, index) => String.fromCharCode(index + 1));

/** How contents begin, in Latin-1; the first that fits counts. */
const beginnings: readonly (readonly [Content, ...Start[]])[] = [
  [{ kind: 'picture', what: 'a JPEG picture' }, '\xff\xd8\xff'],
  [{ kind: 'picture', what: 'a PNG picture' }, '\x89PNG\r\n\x1a\n'],
  [{ kind: 'picture', what: 'a WebP picture' }, /^RIFF[\s\S]{4}WEBP/],
  [{ kind: 'picture', what: 'a GIF picture' }, /^GIF8[79]a/],
  [{ kind: 'picture', what: 'a BMP picture' }, /^BM[\s\S]{4}\0{4}[\s\S]{4}[\f(@l|]\0{3}/],
  [
    { kind: 'unread', what: 'a raw picture of a camera', advice: 'export it as JPEG or TIFF' },
    ...[
      'II*\0\x10\0\0\0CR',
      'FUJIFILMCCD-RAW',
      'IIRO',
      'IIRS',
      'IIU\0',
      'II\x1a\0\0\0HEAPCCDR',
      'FOVb',
      '\0MRM',
      /^[\s\S]{4}ftypcrx /,
    ],
  ],
  [{ kind: 'picture', what: 'a TIFF picture' }, ...['II*\0', 'MM\0*', 'II+\0', 'MM\0+']],
  [{ kind: 'picture', what: 'an AVIF picture' }, ftyp('avi[fs]')],
  [
    { kind: 'unread', what: 'a HEIC picture', advice: 'save it as JPEG or PNG' },
    ftyp('hei[cxms]|hev[cxms]|mif1|msf1'),
  ],
  [{ kind: 'other', what: 'a video' }, /^[\s\S]{4}ftyp/, '\x1aE\xdf\xa3'],
  [{ kind: 'unread', what: 'a JPEG XL picture', advice: asPng }, ...['\xff\x0a', '\0\0\0\x0cJXL ']],
  [
    { kind: 'unread', what: 'a JPEG 2000 picture', advice: asPng },
    ...['\0\0\0\x0cjP  ', '\xff\x4f\xff\x51'],
  ],
  [{ kind: 'unread', what: 'a Photoshop document (PSD)', advice: asPng }, '8BPS'],
  [{ kind: 'unread', what: 'a GIMP picture (XCF)', advice: asPng }, 'gimp xcf'],
  [{ kind: 'unread', what: 'an OpenEXR picture', advice: asPng }, 'v/1\x01'],
  [{ kind: 'unread', what: 'an icon (ICO)', advice: asPng }, '\0\0\x01\0'],
  [{ kind: 'unread', what: 'a PDF document', advice: 'export the page as PNG' }, '%PDF'],
  [
    { kind: 'unread', what: 'a PostScript drawing (EPS)', advice: asPng },
    '%!PS',
    '\xc5\xd0\xd3\xc6',
  ],
  [
    { kind: 'unread', what: 'a drawing (SVG)', advice: asPng },
    /^\s*<(svg|\?xml[\s\S]*?<svg|!doctype svg|!--[\s\S]*?<svg)/i,
  ],
  [
    {
      kind: 'standIn',
      what: 'a Git LFS pointer',
      advice: 'fetch the file itself with “git lfs pull”, or download it anew',
    },
    'version https://git-lfs',
  ],
  [
    { kind: 'standIn', what: 'a web page', advice: 'download it from the address behind its link' },
    /^\s*(<!--[\s\S]*?-->\s*)*<(!doctype html|html|head|body|script)/i,
  ],
  [{ kind: 'standIn', what: 'an XML message' }, /^\s*<(\?xml|error)/i],
  [{ kind: 'weights', what: 'a safetensors file' }, /^[\s\S]{4}\0{4}\{/],
  [{ kind: 'weights', what: 'an HDF5 file' }, '\x89HDF\r\n'],
  [{ kind: 'weights', what: 'a NumPy array' }, '\x93NUMPY'],
  [{ kind: 'weights', what: 'a PyTorch checkpoint' }, '\x80\x02\x8a\x0al\xfc\x9cF\xf9'],
  [
    { kind: 'weights', what: 'a model of TensorFlow.js' },
    /^\s*\{\s*"(format|modelTopology|weightsManifest)"/,
  ],
  [
    { kind: 'weights', what: 'an index of weights' },
    /^\s*\{\s*("metadata"\s*:\s*\{[^{}]*\}\s*,\s*)?"weight_map"/,
  ],
  [
    { kind: 'weights', what: 'an ONNX model' },
    ...onnxVersions.map((version) => `\b${version}\x12`),
  ],
  [{ kind: 'other', what: 'a compressed archive', advice: unpack }, '\x1f\x8b', 'BZh', '\xfd7zXZ'],
  [
    { kind: 'other', what: 'an archive', advice: unpack },
    '7z\xbc\xaf',
    'Rar!',
    /^[\s\S]{257}ustar/,
  ],
];

/** Names a file's content by its first bytes, `headBytes` or all there are; undefined where that cannot be told. */
export function contentOf(bytes: Uint8Array): Content | undefined {
  const head = bytes.subarray(0, headBytes);
  const start = Buffer.from(head).toString('latin1').replace(utf8Mark, '');
  const opens = (begin: Start): boolean =>
    typeof begin === 'string' ? start.startsWith(begin) : begin.test(start);
  const known = beginnings.find(([, ...starts]) => starts.some(opens))?.[0];
  return known ?? zipContent(head) ?? textContent(head);
}

const localHeader = 'PK\x03\x04';
/** Of a local header: where its file's name has its length, and where it begins. */
const nameLengthAt = 26;
const nameAt = 30;

/** What programs put into their archives first. */
const firstNames: readonly (readonly [RegExp, Content])[] = [
  [/(^|\/)(data\.pkl|byteorder)$/, { kind: 'weights', what: 'a PyTorch checkpoint' }],
  [/\.npy$/, { kind: 'weights', what: 'a NumPy archive' }],
  [
    /^(metadata\.json|config\.json|model\.weights\.h5)$/,
    { kind: 'weights', what: 'a Keras model' },
  ],
  [/^(\[Content_Types\]\.xml|_rels\/.*|mimetype)$/, { kind: 'other', what: 'an office document' }],
];

/** What an archive is by the first file in it; undefined for what is no zip. */
function zipContent(head: Uint8Array): Content | undefined {
  const bytes = Buffer.from(head);
  if (!bytes.toString('latin1', 0, nameAt).startsWith(localHeader)) return undefined;
  const length = bytes.length < nameAt ? 0 : bytes.readUInt16LE(nameLengthAt);
  const name = bytes.toString('latin1', nameAt, nameAt + length);
  const known = firstNames.find(([pattern]) => pattern.test(name))?.[1];
  return known ?? { kind: 'other', what: 'a zip archive', advice: unpack };
}

/** Whether one of the brands in the first box of an ISO media file fits. */
function ftyp(brands: string): RegExp {
  return new RegExp(`^[\\s\\S]{4}ftyp(${brands}|[\\s\\S]{8}([\\s\\S]{4}){0,16}?(${brands}))`);
}

/** UTF-8 without control characters other than white space; the last character may be cut. */
function textContent(head: Uint8Array): Content | undefined {
  if (head.length === 0) return undefined;
  const text = new TextDecoder().decode(head, { stream: true });
  const isText = Array.from(text).every(
    (c) => c !== '\ufffd' && (c >= ' ' || '\t\n\f\r\x1b'.includes(c)),
  );
  return isText
    ? { kind: 'other', what: /^\s*[{[]/.test(text) ? 'a JSON file' : 'text' }
    : undefined;
}
