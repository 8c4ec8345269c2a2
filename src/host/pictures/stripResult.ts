import type { RgbPicture } from '../../protocol/runMaps';
import type { RunView } from '../../protocol/panelProtocol';
import type { SessionRun } from '../session/session';
import { keyOf } from './choices';

type Said = 'runId' | 'predictions' | 'trained' | 'network' | 'weights' | 'milliseconds';

/** What a run said of a picture. */
export interface StripResult extends Pick<RunView, Said> {
  readonly thumbnail: RgbPicture;
  /** The network, the weights and the preparation that said so. */
  readonly contextKey: string;
}

/** What a strip keeps of a run. */
export function stripResult({ view, thumbnail, version, weightsId }: SessionRun): StripResult {
  const { runId, predictions, trained, network, weights, milliseconds } = view;
  const { documentId, preprocess } = view;
  const contextKey = keyOf({ documentId, version, weightsId, preprocess });
  return { runId, predictions, trained, network, weights, milliseconds, thumbnail, contextKey };
}
