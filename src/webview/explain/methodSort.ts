import type { Explanation, ExplanationMethod } from '../../protocol/explanation';
import type { ExplainLook, MethodSort } from '../state/explainLook';
import type { Explaining } from '../state/explanationReads';
import { curvesOf } from './curves';
import { methodOrder, methodWords } from './methodWords';

type Sorting = Pick<ExplainLook, 'sort' | 'descending'>;

/** What a row is sorted by; undefined where it is not known. */
const keys: {
  readonly [S in Exclude<MethodSort, 'usual' | 'method'>]: (
    explanation: Explanation,
  ) => number | undefined;
} = {
  deletion: ({ faithfulness }) => faithfulness && curvesOf(faithfulness).areas.deletion,
  insertion: ({ faithfulness }) => faithfulness && curvesOf(faithfulness).areas.insertion,
  time: ({ milliseconds }) => milliseconds,
};

/** All methods as the person wants them; those of which the number is not known come last. */
export function methodsInOrder(
  states: ReadonlyMap<ExplanationMethod, Explaining>,
  { sort, descending }: Sorting,
): readonly ExplanationMethod[] {
  if (sort === 'usual') return methodOrder;
  const sign = descending ? -1 : 1;
  if (sort === 'method')
    return methodOrder.toSorted(
      (a, b) => sign * methodWords[a].title.localeCompare(methodWords[b].title, 'en'),
    );
  const keyOf = (method: ExplanationMethod): number | undefined => {
    const state = states.get(method);
    return state?.status === 'ready' ? keys[sort](state.value) : undefined;
  };
  return methodOrder.toSorted((a, b) => {
    const [first, second] = [keyOf(a), keyOf(b)];
    if (first === undefined || second === undefined)
      return Number(first === undefined) - Number(second === undefined);
    return sign * (first - second);
  });
}

/** A click on a column's head: by that, the best first, then the other way round, then as usual. */
export function nextMethodSort({ sort, descending }: Sorting, clicked: MethodSort): Sorting {
  const first = clicked === 'insertion';
  if (sort !== clicked) return { sort: clicked, descending: first };
  return descending === first ? { sort, descending: !first } : { sort: 'usual', descending: false };
}
