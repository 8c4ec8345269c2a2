import type {
  Explanation,
  ExplanationMethod,
  ExplanationSettings,
} from '../../protocol/explanation';
import type { Target } from './target';
import type { TraceContext } from './trace';

/** What a method works on. */
export interface MethodContext<M extends ExplanationMethod> extends TraceContext {
  readonly target: Target;
  readonly settings: ExplanationSettings[M];
  /** The layer whose channels are weighed, of those methods that weigh one's. */
  readonly layer: string;
}

/** What a method finds out. */
export type Found = Pick<Explanation, 'map' | 'baseline' | 'completeness'>;

/** Explains a run; throws between two steps once nobody wants it. */
export type Method<M extends ExplanationMethod> = (context: MethodContext<M>) => Promise<Found>;
