import type { ByteSource } from '../../bytes/byteSource';
import { bytesSource } from '../../bytes/byteSource';
import type { FloatType } from '../../bytes/floatTypes';
import { isFloatType } from '../../bytes/floatTypes';
import { rawTensor } from '../../tensors/rawTensor';
import type { TensorInFile } from '../../tensors/tensorFile';
import { WeightsError } from '../../bytes/weightsError';
import type { Hdf5Attribute } from './hdf5Attributes';
import { readAttributes } from './hdf5Attributes';
import { chunkedTensor } from './hdf5Chunks';
import { bodyOf, checkSize, parseExtent, parseType } from './hdf5Dataset';
import type { Hdf5Type } from './hdf5Dataset';
import { parseFilters } from './hdf5Filters';
import type { Hdf5Message } from './hdf5Header';
import { messageTypes, readHeader } from './hdf5Header';
import { parseLayout } from './hdf5Layout';
import type { Hdf5Link } from './hdf5Links';
import { readLinks } from './hdf5Links';
import { Hdf5Reader } from './hdf5Reader';
import { readSuperblock } from './hdf5Superblock';

interface Hdf5Object {
  readonly messages: readonly Hdf5Message[];
  /** Set for groups only. */
  readonly links: ReadonlyMap<string, Hdf5Link> | undefined;
}

/** Bound of links within the file that are followed one after the other, which is HDF5's own. */
const maxLinks = 16;

/**
 * Groups, attributes and datasets of an HDF5 file, by paths such as `/layers/conv2d`.
 * Own code because h5wasm 0.10.3 has 4 MB, hangs on a file that ends in zeros, and allocates 2 GiB for a compressed
 * chunk; jsfive 0.4.2 needs the whole file in memory, and its values once more as JavaScript arrays.
 */
export class Hdf5File {
  private readonly objects = new Map<number, Promise<Hdf5Object>>();

  private constructor(
    private readonly source: ByteSource,
    private readonly reader: Hdf5Reader,
    private readonly root: number,
  ) {}

  static async open(source: ByteSource): Promise<Hdf5File> {
    const reader = new Hdf5Reader(source);
    return new Hdf5File(source, reader, await readSuperblock(reader));
  }

  async isGroup(path: string): Promise<boolean> {
    return (await this.find(path))?.links !== undefined;
  }

  /** Names in a group, in the file's order; none where the path is no group. */
  async names(path: string): Promise<readonly string[]> {
    return [...((await this.find(path))?.links?.keys() ?? [])];
  }

  /**
   * An attribute's texts, also where Keras split it into `name0`, `name1`…; undefined where there is none. `most` bounds
   * their bytes.
   */
  async texts(path: string, name: string, most?: number): Promise<readonly string[] | undefined> {
    const object = await this.find(path);
    const attributes = object ? readAttributes(this.reader, object.messages) : [];
    const named = (wanted: string): Hdf5Attribute | undefined =>
      attributes.find((attribute) => attribute.name === wanted);
    const whole = named(name);
    if (whole) return await whole.texts(most);
    const texts: string[] = [];
    for (let i = 0, part = named(`${name}0`); part; part = named(`${name}${++i}`)) {
      texts.push(...(await part.texts(most)));
    }
    return named(`${name}0`) ? texts : undefined;
  }

  /** A dataset as a tensor of this name; undefined where it holds integers, which are no weights. */
  async tensor(path: string, given: string): Promise<TensorInFile | undefined> {
    // A damaged name may hold line ends, and sentences are of one line.
    const name = given.replace(/\s+/g, ' ');
    const object = await this.find(path);
    if (!object || object.links) throw new WeightsError(`${name} is missing`);
    const { messages } = object;
    const found = parseType(bodyOf(messages, messageTypes.datatype, name));
    if (found.kind === 'integer') return undefined;
    const type = await this.floatType(path, name, found);
    const extent = parseExtent(bodyOf(messages, messageTypes.dataspace, name));
    if (!extent) throw new WeightsError(`${name} has no values`);
    const { shape } = extent;
    const layout = parseLayout(messages, name);
    if (layout.kind === 'chunks') {
      const filters = parseFilters(messages, name);
      return await chunkedTensor(this.source, this.reader, { name, type, extent, layout, filters });
    }
    if (layout.kind === 'described') {
      const byteLength = checkSize(name, shape, type, layout.bytes.length);
      const source = bytesSource(layout.bytes);
      return rawTensor(source, { name, type, shape, offset: 0, byteLength });
    }
    const { offset, byteLength: stored } = layout;
    const byteLength = checkSize(name, shape, type, stored);
    this.reader.check(offset, byteLength);
    return rawTensor(this.source, { name, type, shape, offset, byteLength });
  }

  /** Float type of a dataset; of bfloat16, which HDF5 does not have, Keras writes opaque bytes and an attribute. */
  private async floatType(path: string, name: string, found: Hdf5Type): Promise<FloatType> {
    const { kind, size, bigEndian } = found;
    if (bigEndian) throw new WeightsError(`${name} is big-endian, as Keras on no machine writes`);
    if (isFloatType(kind)) return kind;
    const spoken = kind === 'opaque' && size === 2 ? await this.texts(path, 'dtype') : undefined;
    if (spoken?.[0] === 'bfloat16') return 'BF16';
    throw new WeightsError(`${name} holds no float16, bfloat16, float32 or float64`);
  }

  /** Finds an object, through links within the file; throws a WeightsError for a link to another file, or without end. */
  private async find(path: string): Promise<Hdf5Object | undefined> {
    const root = await this.object(this.root);
    const parts = partsOf(path);
    let object: Hdf5Object | undefined = root;
    let reached = '';
    let followed = 0;
    for (let part = parts.shift(); part !== undefined; part = parts.shift()) {
      const link: Hdf5Link | undefined = object?.links?.get(part);
      if (link && 'path' in link) {
        if (followed++ === maxLinks) throw new WeightsError(`${path} is a link that has no end`);
        parts.unshift(...partsOf(link.path));
        if (!link.path.startsWith('/')) continue;
        object = root;
        reached = '';
        continue;
      }
      reached += `/${part}`;
      if (link && 'file' in link) {
        throw new WeightsError(
          `${reached} is a link to the file ${link.file}: save the file with its own weights`,
        );
      }
      object = link && (await this.object(link.address));
    }
    return object;
  }

  private object(address: number): Promise<Hdf5Object> {
    const known = this.objects.get(address);
    if (known) return known;
    const reading = this.readObject(address);
    this.objects.set(address, reading);
    return reading;
  }

  private async readObject(address: number): Promise<Hdf5Object> {
    const messages = await readHeader(this.reader, address);
    return { messages, links: await readLinks(this.reader, messages) };
  }
}

function partsOf(path: string): string[] {
  return path.split('/').filter((name) => name !== '' && name !== '.');
}
