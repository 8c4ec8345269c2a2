import { NetworkError } from '../../network/tensor/networkError';
import {
  explanationPlaces,
  type ExplanationMap,
  type ExplanationMethod,
  type ExplanationRecipe,
  type ExplanationRequest,
} from '../../protocol/explanation';
import type { SanityParams, SanityRow, SanityStep } from '../../protocol/sanityCheck';
import { explainRun } from '../explain/explainRun';
import type { BuiltModel } from '../model/builtModel';
import type { StoredRun } from '../run/runStore';
import { EngineError } from '../runtime/engineError';
import { rankCorrelation, ranksOf, type Ranks } from './rankCorrelation';
import { flatMap, inSquares } from './smallMap';

/** A run, and the network that made it or would have. */
export interface Ran {
  readonly run: StoredRun;
  readonly model: BuiltModel;
}

/** A map as it is looked at, and the ranks that it is compared by. */
interface Answer {
  readonly recipe: ExplanationRecipe;
  readonly small: ExplanationMap;
  readonly values: Ranks;
  readonly magnitudes: Ranks;
}

/** A method that is asked the same of one network after the other, and what became of its map so far. */
export class AskedMethod {
  private why: string | undefined;
  private unchanged: Answer | undefined;
  private readonly steps: SanityStep[] = [];
  private readonly request: ExplanationRequest;

  constructor(
    private readonly method: ExplanationMethod,
    { target, layer, settings }: Omit<SanityParams, 'runId'>,
  ) {
    const isOfLayer = explanationPlaces[method] === 'cells';
    this.request = {
      method,
      target,
      ...(isOfLayer && layer !== undefined && { layer }),
      settings: settings?.[method] ?? {},
      // The compiler cannot see that settings and method belong together.
    } as ExplanationRequest;
  }

  /** Undefined until it was asked. */
  get row(): SanityRow | undefined {
    const { method, why, unchanged, steps } = this;
    if (why !== undefined) return { method, why };
    if (!unchanged) return undefined;
    return { method, recipe: unchanged.recipe, map: unchanged.small, steps: [...steps] };
  }

  /** The first answer is the unchanged map; a method that refuses is not asked again. */
  async ask({ run, model }: Ran, options: Parameters<typeof explainRun>[3]): Promise<void> {
    if (this.why !== undefined) return;
    try {
      const { map, recipe } = await explainRun(run, model, this.request, options);
      this.add(answerOf(map, recipe));
    } catch (error) {
      const isRefusal = error instanceof EngineError || error instanceof NetworkError;
      if (!isRefusal || this.unchanged) throw error;
      this.why = error.message;
    }
  }

  private add(answer: Answer): void {
    if (!this.unchanged) {
      this.unchanged = answer;
      return;
    }
    const values = rankCorrelation(this.unchanged.values, answer.values);
    const magnitudes = rankCorrelation(this.unchanged.magnitudes, answer.magnitudes);
    this.steps.push({
      map: answer.small,
      ...(values !== undefined && { values }),
      ...(magnitudes !== undefined && { magnitudes }),
    });
  }
}

function answerOf(map: ExplanationMap, recipe: ExplanationRecipe): Answer {
  const flat = flatMap(map);
  return {
    recipe,
    small: explanationPlaces[recipe.method] === 'pixels' ? inSquares(flat) : flat,
    values: ranksOf(flat.data),
    magnitudes: ranksOf(flat.data.map(Math.abs)),
  };
}
