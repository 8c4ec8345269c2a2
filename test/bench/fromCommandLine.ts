import type { BackendId } from '../../src/protocol/engineProtocol';

type Bench = (backend: BackendId, threads: number, runs: number) => Promise<void>;

/** Runs a benchmark on the backend, threads and number of runs that scripts/bench.mjs hands over, and ends the process. */
export function fromCommandLine(bench: Bench): void {
  const [backend = 'wasm', threads = '1', runs = '15'] = process.argv.slice(2);
  // WebAssembly's threads would keep the process for ever.
  void bench(backend as BackendId, Number(threads), Number(runs)).then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    },
  );
}
