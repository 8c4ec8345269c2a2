import type { Refusal } from '../../protocol/engineProtocol';
import type { EngineState } from '../../protocol/panelProtocol';

/** The engine as the header shows it: a few words, and the sentences behind them. */
export interface EngineWords {
  readonly short: string;
  readonly details: readonly string[];
}

/** Says which backend runs and why no better one does. */
export function engineWords(engine: EngineState): EngineWords {
  switch (engine.status) {
    case 'stopped':
      return {
        short: 'engine starts when needed',
        details: ['The engine is not running. It starts by itself with the next picture.'],
      };
    case 'starting':
      return { short: 'engine is starting…', details: ['The engine is starting.'] };
    case 'failed':
      return { short: 'engine failed', details: [engine.why] };
    case 'ready': {
      const { backend, threads, version, refused } = engine.info;
      const count = `${threads} ${threads === 1 ? 'thread' : 'threads'}`;
      return {
        short: `${backend} · ${count}`,
        details: [
          `TensorFlow.js on ${backend} ${version}, ${count}.`,
          ...refused.map(refusalWords),
        ],
      };
    }
  }
}

function refusalWords({ backend, threads, why }: Refusal): string {
  return `Not ${backend}${threads === undefined ? '' : ` on ${threads} threads`}: ${why}`;
}
