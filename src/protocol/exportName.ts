import type { RunView } from './panelProtocol';
import { pictureName } from './pictureWords';

/** The name of a file for a layer of a run, without its end: `still-life-conv1-channel-5`. */
export function layerFileName(
  { name }: Pick<RunView, 'name'>,
  layer: string,
  ...parts: readonly (string | number)[]
): string {
  const picture = pictureName(name).replace(/\.[^.]*$/, '');
  return [picture, layer, ...parts].map(plainWord).filter(Boolean).join('-');
}

/** Letters and digits of any language; everything else may mean something to a shell or a file system. */
function plainWord(part: string | number): string {
  return String(part)
    .replace(/[^\p{L}\p{N}_]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80);
}
