import type { CaffeBlob } from './caffeBlob';
import { readBlob } from './caffeBlob';
import type { ProtobufReader, Range, WireField } from './protobufReader';
import { contentOf, wholeOf } from './protobufReader';

/** A layer of a net, upgraded to Caffe's newest form. */
export interface CaffeLayer {
  readonly name: string;
  /** Its type's name in Caffe's newest form, such as `InnerProduct`. */
  readonly type: string;
  readonly blobs: readonly CaffeBlob[];
  /** Of a response norm. */
  readonly norm: CaffeNorm;
}

interface CaffeNorm {
  readonly k: number;
  readonly alpha: number;
}

/** Field numbers of a layer in one of Caffe's three forms. */
export interface LayerFields {
  readonly name: number;
  readonly type: number;
  readonly blobs: number;
  /** The message of a norm's settings, or those of the settings themselves. */
  readonly norm: number | { readonly alpha: number; readonly k: number };
}

/** V0LayerParameter of 2013, V1LayerParameter and LayerParameter of 2014. */
const v0: LayerFields = { name: 1, type: 2, blobs: 50, norm: { alpha: 14, k: 22 } };
const v1: LayerFields = { name: 4, type: 5, blobs: 6, norm: 18 };
const v2: LayerFields = { name: 1, type: 2, blobs: 7, norm: 118 };

/** The fields of a net that hold its layers: `layers`, and `layer`. */
const oldLayers = 2;
const layers = 100;
/** A V1 layer's field with a V0 layer. */
const insideField = 1;

/** Caffe's own upgrade of type names, of those that are used here. */
const typesOfV0: ReadonlyMap<string, string> = new Map([
  ['innerproduct', 'InnerProduct'],
  ['lrn', 'LRN'],
  ['pool', 'Pooling'],
]);
const typesOfV1: ReadonlyMap<number, string> = new Map([
  [14, 'InnerProduct'],
  [15, 'LRN'],
  [17, 'Pooling'],
]);

/** Which form a field of a net has its layers in; undefined for other fields. */
export function layerFieldsOf({ number }: WireField): LayerFields | undefined {
  if (number === oldLayers) return v1;
  return number === layers ? v2 : undefined;
}

/** The place of the V0 layer that a V1 layer holds, and its fields; undefined where it is no such. */
export function layerInside(
  fields: LayerFields,
  field: WireField,
): { readonly range: Range; readonly fields: LayerFields } | undefined {
  if (fields !== v1 || field.number !== insideField) return undefined;
  return { range: contentOf(field), fields: v0 };
}

/**
 * The layers of a NetParameter, upgraded as Caffe does: where there are old ones they alone count, and where any of these
 * holds a V0 layer, only what is inside counts.
 */
export async function readCaffeNet(
  reader: ProtobufReader,
  size: number,
): Promise<readonly CaffeLayer[]> {
  const found: Record<'v0' | 'v1' | 'v2', CaffeLayer[]> = { v0: [], v1: [], v2: [] };
  for await (const field of reader.fields({ start: 0, end: size })) {
    const fields = layerFieldsOf(field);
    if (!fields) continue;
    const { layer, inside } = await readLayer(reader, contentOf(field), fields);
    found[fields === v1 ? 'v1' : 'v2'].push(layer);
    if (inside) found.v0.push(inside);
  }
  if (found.v0.length > 0) return found.v0;
  return found.v1.length > 0 ? found.v1 : found.v2;
}

async function readLayer(
  reader: ProtobufReader,
  range: Range,
  fields: LayerFields,
): Promise<{ layer: CaffeLayer; inside?: CaffeLayer }> {
  let name = '';
  let type = '';
  let norm: CaffeNorm = { k: 1, alpha: 1 };
  let inside: CaffeLayer | undefined;
  const blobs: CaffeBlob[] = [];
  for await (const field of reader.fields(range)) {
    const { number } = field;
    const within = layerInside(fields, field);
    if (within) inside = (await readLayer(reader, within.range, within.fields)).layer;
    else if (number === fields.name) name = await reader.text(contentOf(field));
    else if (number === fields.type) type = await readType(reader, field);
    else if (number === fields.blobs) blobs.push(await readBlob(reader, contentOf(field)));
    else if (number === fields.norm) norm = await readNorm(reader, contentOf(field));
    else if (typeof fields.norm === 'object')
      norm = await withSetting(reader, field, norm, fields.norm);
  }
  const layer = { name, type, blobs, norm };
  return inside ? { layer, inside } : { layer };
}

async function readType(reader: ProtobufReader, field: WireField): Promise<string> {
  if (field.kind !== 'bytes') return typesOfV1.get(wholeOf(field)) ?? 'other';
  const type = await reader.text(field);
  return typesOfV0.get(type) ?? type;
}

/** Reads an LRNParameter. */
async function readNorm(reader: ProtobufReader, range: Range): Promise<CaffeNorm> {
  let norm: CaffeNorm = { k: 1, alpha: 1 };
  for await (const field of reader.fields(range)) {
    norm = await withSetting(reader, field, norm, { alpha: 2, k: 5 });
  }
  return norm;
}

async function withSetting(
  reader: ProtobufReader,
  field: WireField,
  norm: CaffeNorm,
  fields: { readonly alpha: number; readonly k: number },
): Promise<CaffeNorm> {
  if (field.number === fields.alpha) return { ...norm, alpha: await reader.float(field) };
  return field.number === fields.k ? { ...norm, k: await reader.float(field) } : norm;
}
