import type { ByteSource } from '../bytes/byteSource';
import type { OpenBeside } from '../bytes/openBeside';
import { WeightsError } from '../bytes/weightsError';
import type { ProtobufReader, Range } from './protobufReader';
import { contentOf } from './protobufReader';

/** A tensor's reference to values in another file. */
export interface ExternalData {
  readonly tensor: string;
  /** Entries such as location, offset and length. */
  readonly entries: ReadonlyMap<string, string>;
}

/** Bound of files beside a model; exporters write one, or one for each tensor. */
const maxFiles = 256;

/** Reads a StringStringEntryProto into the entries. */
export async function readExternalEntry(
  reader: ProtobufReader,
  range: Range,
  entries: Map<string, string>,
): Promise<void> {
  let key = '';
  let value = '';
  for await (const field of reader.fields(range)) {
    if (field.number === 1) key = await reader.text(contentOf(field));
    if (field.number === 2) value = await reader.text(contentOf(field));
  }
  if (entries.has(key)) throw new WeightsError(`a tensor gives ${JSON.stringify(key)} twice`);
  entries.set(key, value);
}

/** Opens the files beside a model, each once. */
export class ExternalFiles {
  private readonly files = new Map<string, ByteSource>();

  constructor(private readonly openBeside: OpenBeside) {}

  /** The part of a file with a tensor's values, `bytes` long. */
  async find(
    { tensor, entries }: ExternalData,
    byteLength: number,
  ): Promise<{ source: ByteSource; range: Range }> {
    const location = entries.get('location') ?? '';
    const start = wholeNumber(tensor, 'offset', entries.get('offset') ?? '0');
    const length = wholeNumber(tensor, 'length', entries.get('length') ?? `${byteLength}`);
    if (length !== byteLength) {
      throw new WeightsError(
        `${tensor} takes ${byteLength} bytes, but ${length} in ${JSON.stringify(location)}`,
      );
    }
    const source = await this.open(location);
    const end = start + length;
    if (end > source.size) {
      throw new WeightsError(
        `${tensor} lies at bytes ${start} to ${end} of ${JSON.stringify(location)}, which has ${source.size}`,
      );
    }
    return { source, range: { start, end } };
  }

  async close(): Promise<void> {
    for (const file of this.files.values()) await file.close();
    this.files.clear();
  }

  private async open(location: string): Promise<ByteSource> {
    const known = this.files.get(location);
    if (known) return known;
    if (this.files.size >= maxFiles) {
      throw new WeightsError(`its tensors lie in more than ${maxFiles} files`);
    }
    const file = await this.openBeside(location, 'its folder or below it');
    this.files.set(location, file);
    return file;
  }
}

function wholeNumber(tensor: string, what: string, text: string): number {
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(value)) return value;
  throw new WeightsError(`${tensor} has the ${what} ${JSON.stringify(text)}, no whole number`);
}
