import type { ByteSource } from '../bytes/byteSource';
import { WeightsError } from '../bytes/weightsError';

/** Bound of nesting; Keras' deepest config has some twenty levels. */
const maxDepth = 200;

/** Parses untrusted JSON, bounded in bytes and in depth; throws a WeightsError. */
export async function readSmallJson(source: ByteSource, maxBytes: number): Promise<unknown> {
  if (source.size > maxBytes) {
    throw new WeightsError(
      `the JSON has ${source.size} bytes, more than ${maxBytes} make no sense`,
    );
  }
  const bytes = await source.read(0, source.size);
  checkDepth(bytes);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new WeightsError('the file is not UTF-8 text', { cause: error });
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new WeightsError('the file is not valid JSON', { cause: error });
  }
}

const quote = 0x22;
const backslash = 0x5c;

/** Throws where brackets nest too deep: megabytes of them would take a gigabyte as objects. */
function checkDepth(bytes: Uint8Array): void {
  let depth = 0;
  let inText = false;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    if (inText) {
      if (byte === backslash) i++;
      else if (byte === quote) inText = false;
    } else if (byte === quote) inText = true;
    else if (byte === 0x5b || byte === 0x7b) depth++;
    else if (byte === 0x5d || byte === 0x7d) depth--;
    if (depth > maxDepth) {
      throw new WeightsError(`the JSON is nested more than ${maxDepth} levels deep at byte ${i}`);
    }
  }
}

/** The fields of a JSON object; undefined for other values. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as Readonly<Record<string, unknown>>) : undefined;
}
