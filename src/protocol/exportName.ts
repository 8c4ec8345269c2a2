import type { ModelDocument } from '../network/modelDocument';
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

/** The same for a network: `alexnet-bvlc`, or the name of the file that it was read from. */
export function documentFileName({
  id,
  title,
  origin,
}: Pick<ModelDocument, 'id' | 'title' | 'origin'>): string {
  const name = origin.kind === 'file' ? title.replace(/\.[^.]*$/, '') : `alexnet-${id}`;
  return plainWord(name) || 'network';
}

/** Letters and digits of any language; everything else may mean something to a shell or a file system. */
function plainWord(part: string | number): string {
  return String(part)
    .replace(/[^\p{L}\p{N}_]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80);
}
