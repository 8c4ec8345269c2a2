import type { EngineState } from '../../protocol/panelProtocol';
import type { Emitter } from '../emitter';

/** Ends of the engine that follow each other within this many milliseconds have one cause. */
const seriesMilliseconds = 60_000;

export interface Crash {
  /** How the process ended. */
  readonly why: string;
  /** It is not the first within a minute: to start it once more would make a loop of it. */
  readonly isRepeated: boolean;
}

/** Hears of every end of an engine that had been ready and was not stopped. */
export function onCrash(
  engine: { readonly onDidChange: Emitter<EngineState>['event'] },
  listener: (crash: Crash) => void,
  now = Date.now,
): void {
  let wasReady = false;
  let last = -Infinity;
  engine.onDidChange((state) => {
    const hasCrashed = wasReady && state.status === 'failed';
    wasReady = state.status === 'ready';
    if (!hasCrashed) return;
    const at = now();
    const isRepeated = at - last < seriesMilliseconds;
    last = at;
    listener({ why: state.why, isRepeated });
  });
}
