import { workspace } from 'vscode';
import type { RunView } from '../../protocol/panelProtocol';
import type { SessionRun } from '../session';
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
    name: workspace.asRelativePath(run.uri),
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
