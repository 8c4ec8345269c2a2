import type {
  Explanation,
  ExplanationParams,
  ExplanationProgress,
} from '../../protocol/explanation';
import type { Ask } from './ask';
import { LongReads, type LongRead } from './longReads';

/** A map of a large picture takes 600 kB: those of several classes by every method. */
const keptExplanations = 60;

/** An explanation on its way, there, refused, or stopped by a person or by other work. */
export type Explaining = LongRead<Explanation, ExplanationProgress>;

/** Explanations by what was asked; those that nobody looks at any more are ended, so that the next one begins at once. */
export class ExplanationReads extends LongReads<
  ExplanationParams,
  Explanation,
  ExplanationProgress
> {
  /** `onLoaded` is called when more is known, so that what shows it is drawn anew. */
  constructor(ask: Ask, onLoaded: () => void) {
    super({
      ask: (params, options) => ask('explain', params, options),
      onLoaded,
      // One that only says how far it is keeps the map of before.
      joined: (progress, before) => {
        const map = progress.map ?? before?.map;
        return { ...progress, ...(map && { map }) };
      },
      kept: keptExplanations,
    });
  }
}
