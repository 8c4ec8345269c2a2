import type { SanityCheck, SanityParams, SanityProgress } from '../../protocol/sanityCheck';
import type { Ask } from './ask';
import { LongReads, type LongRead } from './longReads';

/** One takes half a megabyte. */
const keptChecks = 8;

/** A test of methods with random layers: under way, done, refused or stopped; of one that is not done, what is known. */
export type Testing = LongRead<SanityCheck, SanityProgress>;

/** Tests of methods by what was asked. */
export class SanityReads extends LongReads<SanityParams, SanityCheck, SanityProgress> {
  constructor(ask: Ask, onLoaded: () => void) {
    super({
      ask: (params, options) => ask('sanityCheck', params, options),
      onLoaded,
      joined: (progress, before) => {
        const check = progress.check ?? before?.check;
        return { ...progress, ...(check && { check }) };
      },
      kept: keptChecks,
    });
  }
}

/** All that is known of a test. */
export function checkSoFar(state: Testing | undefined): SanityCheck | undefined {
  if (state?.status === 'ready') return state.value;
  return state && 'progress' in state ? state.progress.check : undefined;
}
