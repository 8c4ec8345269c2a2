import type { Shape } from '../../../network/tensor/shape';
import { elementCount } from '../../../network/tensor/shape';
import type { ByteSource } from '../../bytes/byteSource';
import { pieceBytes } from '../../bytes/byteSource';
import type { FloatType } from '../../bytes/floatTypes';
import { floatBytes, toFloat32 } from '../../bytes/floatTypes';
import { WeightsError } from '../../bytes/weightsError';
import type { TensorInFile } from '../../tensors/tensorFile';
import type { ChunkGrid, StoredChunk } from './hdf5ChunkGrid';
import { numberOf, placeOf } from './hdf5ChunkGrid';
import { eachChunk } from './hdf5ChunkIndex';
import { nowhere } from './hdf5Cursor';
import type { Hdf5Extent } from './hdf5Dataset';
import type { Hdf5Filter } from './hdf5Filters';
import { unfiltered } from './hdf5Filters';
import type { Hdf5ChunkLayout } from './hdf5Layout';
import { neverWritten } from './hdf5Layout';
import type { Hdf5Reader } from './hdf5Reader';

/** Bound of chunks; h5py makes some thousand of an AlexNet's largest tensor. */
const maxChunks = 2 ** 20;
/** Bound of a chunk's bytes; an AlexNet's largest tensor has 151 MB as one. */
const maxChunkBytes = 2 ** 28;

/** A dataset that is stored in chunks. */
export interface ChunkedDataset {
  readonly name: string;
  readonly type: FloatType;
  readonly extent: Hdf5Extent;
  readonly layout: Hdf5ChunkLayout;
  readonly filters: readonly Hdf5Filter[];
}

/**
 * A tensor whose values are in chunks, a row of chunks at a time. All sizes are checked before any value is read; throws a
 * WeightsError where a chunk is missing, larger than a chunk is here, or outside the file.
 */
export async function chunkedTensor(
  source: ByteSource,
  reader: Hdf5Reader,
  dataset: ChunkedDataset,
): Promise<TensorInFile> {
  const { name, extent, layout, filters } = dataset;
  const grid = gridOf(dataset);
  const total = elementCount(grid.counts);
  if (!(total <= maxChunks)) {
    throw new WeightsError(`${name} has shape [${extent.shape.join(', ')}] in ${total} chunks`);
  }
  const chunks: (StoredChunk | undefined)[] = Array.from({ length: total });
  await eachChunk(reader, layout.index, grid, (place, stored) => {
    const number = numberIn(name, place, grid.counts);
    if (number === undefined) return;
    checkStored(dataset, grid, place, stored);
    reader.check(stored.address, stored.byteLength);
    chunks[number] = stored;
  });
  const found = chunks.flatMap((chunk) => chunk ?? []);
  if (found.length < total) throw neverWritten(name);
  const read = async (number: number): Promise<Float32Array> => {
    const { address, byteLength, mask } = found[number] ?? { address: 0, byteLength: 0, mask: 0 };
    const own = isPlain(dataset, placeOf(number, grid.counts)) ? [] : filters;
    const stored = await source.read(address, byteLength);
    const bytes = await unfiltered(stored, own, mask, grid.chunkBytes);
    if (bytes.length === grid.chunkBytes) return toFloat32(bytes, dataset.type);
    throw new WeightsError(`${name} has a chunk of ${bytes.length} bytes, not ${grid.chunkBytes}`);
  };
  return {
    name,
    shape: extent.shape,
    byteLength: found.reduce((sum, { byteLength }) => sum + byteLength, 0),
    pieces: () => rowsOfChunks(extent.shape, layout.chunk, grid.counts, read),
  };
}

function gridOf({ name, type, extent, layout, filters }: ChunkedDataset): ChunkGrid {
  const { shape, most } = extent;
  const { chunk, elementBytes } = layout;
  if (chunk.length !== shape.length || elementBytes !== floatBytes[type]) {
    throw new WeightsError(
      `${name} has shape [${shape.join(', ')}] in chunks of [${chunk.join(', ')}], ${elementBytes} bytes each value`,
    );
  }
  const chunkBytes = elementCount(chunk) * elementBytes;
  if (!(chunkBytes <= maxChunkBytes)) {
    throw new WeightsError(
      `${name} has chunks of ${chunkBytes} bytes; up to ${maxChunkBytes} are read`,
    );
  }
  const counted = (sizes: Shape): Shape =>
    sizes.map((size, axis) => (size >= nowhere ? nowhere : Math.ceil(size / (chunk[axis] ?? 1))));
  return {
    counts: counted(shape),
    most: counted(most),
    chunk,
    chunkBytes,
    isFiltered: filters.length > 0,
  };
}

/** A chunk's number; undefined where it lies beyond the dataset, which was larger once. */
function numberIn(name: string, place: readonly number[], counts: Shape): number | undefined {
  if (place.some((at) => !Number.isInteger(at))) {
    throw new WeightsError(`${name} has a chunk that begins within another`);
  }
  const isInside = place.every((at, axis) => at < (counts[axis] ?? 0));
  return isInside ? numberOf(place, counts) : undefined;
}

/** What does not shrink may grow by a little. */
const grownBytes = 2 ** 16;

function checkStored(
  dataset: ChunkedDataset,
  { chunkBytes, isFiltered }: ChunkGrid,
  place: readonly number[],
  { byteLength }: StoredChunk,
): void {
  const isAsItIs = !isFiltered || isPlain(dataset, place);
  if (isAsItIs ? byteLength === chunkBytes : byteLength <= 2 * chunkBytes + grownBytes) return;
  throw new WeightsError(
    `${dataset.name} has a chunk of ${byteLength} bytes in the file, and of ${chunkBytes} in memory`,
  );
}

/** Whether a chunk reaches beyond the dataset and was left without filters for that. */
function isPlain({ extent, layout }: ChunkedDataset, place: readonly number[]): boolean {
  const { chunk, plainEdges } = layout;
  const isEdge = place.some(
    (at, axis) => (at + 1) * (chunk[axis] ?? 1) > (extent.shape[axis] ?? 0),
  );
  return plainEdges && isEdge;
}

/** The values in order: of all chunks that have the same first rows at a time. */
async function* rowsOfChunks(
  shape: Shape,
  chunk: Shape,
  counts: Shape,
  read: (number: number) => Promise<Float32Array>,
): AsyncGenerator<Float32Array> {
  const [rows = 1, ...inner] = shape;
  const [high = 1] = chunk;
  const rowElements = elementCount(inner);
  const [down = 1, ...across] = counts;
  const perRow = elementCount(across);
  const slab = new Float32Array(Math.min(rows, high) * rowElements);
  for (let row = 0; row < down; row++) {
    const shown = [Math.min(high, rows - row * high), ...inner];
    for (let i = 0; i < perRow; i++) {
      const values = await read(row * perRow + i);
      const [, ...place] = placeOf(row * perRow + i, counts);
      placeChunk(slab, values, { shape: shown, chunk, place: [0, ...place] });
    }
    const filled = slab.subarray(0, (shown[0] ?? 0) * rowElements);
    const most = pieceBytes / Float32Array.BYTES_PER_ELEMENT;
    for (let at = 0; at < filled.length; at += most) yield filled.subarray(at, at + most);
  }
}

/** Copies a chunk's values to where they belong, as far as it lies within the shape. */
function placeChunk(
  slab: Float32Array,
  values: Float32Array,
  { shape, chunk, place }: { readonly shape: Shape; readonly chunk: Shape; readonly place: Shape },
): void {
  const copy = (axis: number, from: number, to: number): void => {
    const [size = 1, total = 1] = [chunk[axis], shape[axis]];
    const first = (place[axis] ?? 0) * size;
    const count = Math.min(size, total - first);
    if (axis === shape.length - 1) {
      slab.set(values.subarray(from * size, from * size + count), to * total + first);
      return;
    }
    for (let i = 0; i < count; i++) copy(axis + 1, from * size + i, to * total + first + i);
  };
  copy(0, 0, 0);
}
