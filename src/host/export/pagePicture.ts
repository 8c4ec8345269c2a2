import type { HostMethods } from '../../protocol/panelProtocol';
import { formatOf, type FileFormat } from './fileFormats';

/** Far above any picture that the page draws. */
const maxBytes = 64 * 2 ** 20;
const maxName = 255;

const formats = [
  { title: 'PNG', extension: 'png' },
  { title: 'SVG', extension: 'svg' },
] as const;

/** What the page sends, checked: nothing but a picture's bytes and a plain name. */
export function pagePicture({ suggestedName, bytes }: HostMethods['saveFile']['params']): {
  readonly name: string;
  readonly format: FileFormat;
  readonly bytes: Uint8Array;
} {
  const name = plainName(suggestedName);
  if (!((bytes as unknown) instanceof Uint8Array) || bytes.length === 0) {
    throw new Error(`${name} has no bytes`);
  }
  if (bytes.length > maxBytes) {
    throw new Error(`${name} would have ${bytes.length} bytes; at most ${maxBytes} are written`);
  }
  return { name, format: formatOf(name, formats), bytes };
}

/** A name that the page suggests for a file: no path. */
export function plainName(name: unknown): string {
  if (typeof name === 'string' && name.length <= maxName && !/[\\/]/.test(name)) return name;
  throw new Error(`${JSON.stringify(name)} is no name for a file`);
}
