import type { RunView } from '../../protocol/panelProtocol';
import type { SessionRun } from '../session/session';
import { topPredictions } from './topPredictions';

const shownPredictions = 5;

/** A run as the panel draws it. */
export function runView(run: SessionRun): RunView {
  const {
    runId,
    variant,
    backend,
    width,
    height,
    preview,
    seen,
    channels,
    preprocess,
    trained,
    weights,
    milliseconds,
    layers,
  } = run;
  return {
    runId,
    name: run.file.label,
    variant,
    width,
    height,
    preview,
    seen,
    channels,
    preprocess,
    predictions: topPredictions(run.logits, shownPredictions),
    trained,
    weights,
    backend,
    milliseconds,
    layers,
  };
}
