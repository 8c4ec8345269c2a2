import { join } from 'node:path';
import { catalogue } from '../../src/library/catalogue';
import type { BackendId, WeightsSource } from '../../src/protocol/engineProtocol';
import { nativeAddon } from '../support/nativeAddon';
import { startEngine } from '../support/startedEngine';
import { alternate } from './alternate';
import { fromCommandLine } from './fromCommandLine';
import { writeMeasures } from './writeMeasures';

/** The weights that ship beside random ones, in turns, each opened in a fresh engine until it can classify. */
async function bench(backend: BackendId, threads: number, runs: number): Promise<void> {
  const { shipped = '', name = '' } = catalogue.find((entry) => entry.shipped !== undefined) ?? {};
  const sources: Readonly<Record<string, WeightsSource>> = {
    'random weights: ready to classify': { kind: 'random', seed: 1 },
    'weights that ship: ready to classify': {
      kind: 'packed',
      name,
      path: join('weights', shipped),
    },
  };
  const ways = Object.fromEntries(
    Object.entries(sources).map(([what, source]) => [what, () => open(source)] as const),
  );
  const open = async (source: WeightsSource): Promise<void> => {
    const engine = await startEngine({ backend, addonPath: nativeAddon(), threads });
    await engine.rpc.call('loadWeights', { documentId: 'keras', source });
    engine.stop();
  };
  writeMeasures(`${backend} x ${threads}, from its start`, await alternate(ways, runs));
}

fromCommandLine(bench);
