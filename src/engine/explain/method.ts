import type {
  Explanation,
  ExplanationMethod,
  ExplanationSettings,
} from '../../protocol/explanation';
import type { StoredRun } from '../run/runStore';
import type { Target } from './target';
import type { TraceContext } from './trace';

/** What a method works on. */
export interface MethodContext<M extends ExplanationMethod> extends TraceContext {
  readonly target: Target;
  /** The target's on the picture. */
  readonly value: number;
  readonly settings: ExplanationSettings[M];
  /** The layer whose cells the map is of, of those methods that have one. */
  readonly layer: string;
  /** Another kept run; throws where it is not kept. */
  readonly runOf: (runId: number) => StoredRun;
}

/** What a method finds out. */
export type Found = Pick<Explanation, 'map' | 'baseline' | 'completeness'>;

/** Explains a run; throws between two steps once nobody wants it. */
export type Method<M extends ExplanationMethod> = (context: MethodContext<M>) => Promise<Found>;
