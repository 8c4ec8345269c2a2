import { explanationMethods, type ExplanationMethod } from '../../protocol/explanation';
import {
  sanityMethods,
  sanitySeed,
  type SanityCheck,
  type SanityParams,
  type SanityProgress,
} from '../../protocol/sanityCheck';
import { resolveTarget } from '../explain/target';
import { Work } from '../explain/work';
import type { BuiltModel } from '../model/builtModel';
import type { StoredRun, RunStore } from '../run/runStore';
import { EngineError } from '../runtime/engineError';
import { AskedMethod, type Ran } from './askedMethod';
import { RandomisedModel } from './randomisedModel';
import { randomisedRun } from './randomisedRun';
import { randomisedStages } from './stages';
import type { EngineExplanations } from '../../protocol/explanationCalls';
import type { Handlers } from '../../protocol/rpc';
import type { Explanations } from '../explain/explanations';

interface SanityOptions {
  readonly signal: AbortSignal;
  readonly report: (progress: SanityProgress) => void;
  /** Finds another kept run, for a baseline; throws where it is not kept. */
  readonly runOf: (runId: number) => StoredRun;
}

/** Answers which methods' maps do not depend on what the network learned, of the engine's kept runs. */
export function sanityChecks(
  explanations: Pick<Explanations, 'of'>,
  runs: Pick<RunStore, 'get'>,
): Pick<Handlers<EngineExplanations>, 'sanityCheck'> {
  return {
    sanityCheck: ({ runId, ...params }, { signal, report }) =>
      explanations.of(runId, signal, ({ run, model }) => {
        const runOf = (id: number) => runs.get(id);
        return sanityCheck(run, model, params, { signal, report, runOf });
      }),
  };
}

/**
 * Asks methods again and again while the layers before a target become random, from its own down to the picture
 * (Adebayo et al. 2018, cascading randomisation): a map that stays does not show what the network learned. `model`, which
 * made the run, stays as it is. Throws an EngineError for a request that cannot be met.
 */
export async function sanityCheck(
  run: StoredRun,
  model: BuiltModel,
  params: Omit<SanityParams, 'runId'>,
  options: SanityOptions,
): Promise<SanityCheck> {
  const { signal } = options;
  const target = resolveTarget(run.network, params.target);
  const seed = knownSeed(params.seed);
  const methods = knownMethods(params.methods).map((method) => new AskedMethod(method, params));
  const stages = randomisedStages(model, target);
  const random = new RandomisedModel(model, seed);
  const work = new Work({ signal, report: () => undefined });
  const check = (): SanityCheck => ({
    seed,
    stages,
    rows: methods.flatMap(({ row }) => row ?? []),
  });
  const ask = askInTurn(methods, stages.length + 1, options);
  try {
    await ask({ run, model }, 'nothing random', check);
    for (const layers of stages) {
      for (const name of layers) {
        await work.pause();
        random.randomise(name);
      }
      const now = { model: random.model, layers: random.layers, to: target.layer, signal };
      const ran = { run: await randomisedRun(run, now), model: now.model };
      await ask(ran, `${layers.join(', ')} random`, check);
    }
    return check();
  } finally {
    random.dispose();
  }
}

/** Asks all methods of one network after the other, of `rounds`, and says how far the whole is. */
function askInTurn(
  methods: readonly AskedMethod[],
  rounds: number,
  { signal, report, runOf }: SanityOptions,
) {
  const parts = methods.length * rounds;
  let done = 0;
  return async (ran: Ran, what: string, check: () => SanityCheck): Promise<void> => {
    for (const method of methods) {
      const tell = (part: number): void => report({ what, fraction: (done + part) / parts });
      tell(0);
      await method.ask(ran, { signal, runOf, report: ({ fraction }) => tell(fraction) });
      done++;
    }
    report({ what, fraction: done / parts, check: check() });
  };
}

function knownSeed(seed = sanitySeed): number {
  if (Number.isSafeInteger(seed)) return seed;
  throw new EngineError(`seed must be a whole number, got ${JSON.stringify(seed)}`);
}

/** Callers outside may say anything. */
function knownMethods(methods: unknown = sanityMethods): readonly ExplanationMethod[] {
  if (!Array.isArray(methods) || methods.length === 0)
    throw new EngineError(`methods must be a list of methods, got ${JSON.stringify(methods)}`);
  return [...new Set<unknown>(methods)].map((wanted) => {
    const method = explanationMethods.find((each) => each === wanted);
    if (method) return method;
    throw new EngineError(
      `no method is called ${JSON.stringify(wanted)}; there are ${explanationMethods.join(', ')}`,
    );
  });
}
