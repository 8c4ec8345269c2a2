import type { RunView } from '../../protocol/panelProtocol';
import { pictureName } from '../../protocol/pictureWords';

/** What the panel's tab says: the picture, else the network. */
export function panelTitle(network: string, run: Pick<RunView, 'name'> | undefined): string {
  const what = run ? pictureName(run.name) : network;
  return what.includes('AlexNet') ? what : `${what} — AlexNet`;
}
