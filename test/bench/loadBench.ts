import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { BackendId } from '../../src/protocol/engineProtocol';
import { formulaTensors } from '../support/formulaNetworks';
import { nativeAddon } from '../support/nativeAddon';
import { startEngine } from '../support/startedEngine';
import { writeSafetensors } from '../support/writeSafetensors';
import { alternate } from './alternate';
import { fromCommandLine } from './fromCommandLine';
import { writeMeasures } from './writeMeasures';

const megabyte = 2 ** 20;

/** torchvision's weights from a file, in a fresh engine each time, beside reading and hashing the file. */
async function bench(backend: BackendId, threads: number, runs: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'alexnet-bench-'));
  const path = join(folder, 'torchvision.safetensors');
  const peaks: number[] = [];
  const load = async (): Promise<number> => {
    const engine = await startEngine({ backend, addonPath: nativeAddon(), threads });
    const source = { kind: 'file', name: 'torchvision', path } as const;
    const start = performance.now();
    await engine.rpc.call('loadWeights', { documentId: 'torchvision', source });
    const milliseconds = performance.now() - start;
    await engine.rpc.call('warmUp', undefined);
    const { peakBytes } = await engine.rpc.call('usage', undefined);
    peaks.push(peakBytes / megabyte);
    engine.stop();
    return milliseconds;
  };
  try {
    await writeSafetensors(path, formulaTensors('torchvision', 1));
    const size = (await stat(path)).size / megabyte;
    const part = `${backend} x ${threads}`;
    const name = `${size.toFixed(0)} MB of weights`;
    const hash = (): Promise<void> => pipeline(createReadStream(path), createHash('sha256'));
    const ways = { [`${name}: read and hashed`]: hash };
    const loads: number[] = [];
    const hashes: number[] = [];
    await hash();
    for (let i = 0; i < runs; i++) {
      hashes.push(...((await alternate(ways, 1))[0]?.values ?? []));
      loads.push(await load());
    }
    writeMeasures(part, [
      { name: `${name}: read and hashed`, values: hashes },
      { name: `${name}: ready to classify`, values: loads },
      { name: `${name}: peak memory of the engine`, values: peaks, unit: 'MB' },
    ]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

fromCommandLine(bench);
