import type { Content } from './content';

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
export function zipContent(head: Uint8Array): Content | undefined {
  const bytes = Buffer.from(head);
  if (!bytes.toString('latin1', 0, nameAt).startsWith(localHeader)) return undefined;
  const length = bytes.length < nameAt ? 0 : bytes.readUInt16LE(nameLengthAt);
  const name = bytes.toString('latin1', nameAt, nameAt + length);
  const known = firstNames.find(([pattern]) => pattern.test(name))?.[1];
  return known ?? { kind: 'other', what: 'a zip archive', advice: 'unpack it first' };
}
