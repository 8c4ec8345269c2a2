import type {
  EngineInfo,
  EngineRun,
  StartParams,
  WeightsInfo,
} from '../../src/protocol/engineProtocol';
import { type AlexNetId, alexNets, library } from '../../src/library/alexNets';
import type { ModelDocument } from '../../src/network/modelDocument';
import type { EngineChild } from './engineChild';
import { forkEngineChild } from './engineChild';
import { slimAlexNets } from './slimAlexNets';

/** An engine that runs, with what most tests ask of one. */
export interface StartedEngine extends EngineChild {
  readonly info: EngineInfo;
  loadRandom(documentId: AlexNetId, seed?: number): Promise<WeightsInfo>;
  /** Classifies a picture, prepared as the variant wants it. */
  classify(documentId: AlexNetId, runId: number, bytes: Uint8Array): Promise<EngineRun>;
}

/** Forks an engine and starts it: on WebAssembly, which every machine has, unless told otherwise. */
export async function startEngine(
  params: Partial<StartParams> = {},
  documents: readonly ModelDocument[] = library,
): Promise<StartedEngine> {
  const engine = forkEngineChild(undefined, documents);
  const { rpc } = engine;
  let weightsId = 0;
  const wasm = { backend: 'wasm', addonPath: undefined, refused: [] } as const;
  try {
    const info = await rpc.call('start', { ...wasm, ...params });
    return {
      ...engine,
      info,
      loadRandom: (documentId, seed = 1) =>
        rpc.call('loadWeights', {
          documentId,
          source: { kind: 'random', seed },
          weightsId: ++weightsId,
        }),
      classify: (documentId, runId, bytes) =>
        rpc.call('classify', { runId, bytes, preprocess: alexNets[documentId].preprocess }),
    };
  } catch (error) {
    engine.stop();
    throw error;
  }
}

/** The same with the AlexNets of slimAlexNets, for what is proved of layers and not of sizes. */
export function startSlimEngine(params: Partial<StartParams> = {}): Promise<StartedEngine> {
  return startEngine(params, Object.values(slimAlexNets));
}
