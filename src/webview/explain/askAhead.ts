import type { ExplainLook } from '../state/explainLook';
import type { Model } from '../state/model';
import { paramsOf, questionOf } from './question';

/**
 * Asks for the map that a click would show, while the pointer or the keyboard is on its way to it: Grad-CAM takes half as
 * long as a pass forward. What takes longer waits for the click.
 */
export function askAhead(model: Model, change: Partial<ExplainLook>): void {
  const { view, isOld, data } = model;
  const question = questionOf({
    ...model,
    view: { ...view, explain: { ...view.explain, ...change } },
  });
  if (question?.method === 'gradCam' && !isOld) data.whys.askAhead(paramsOf(question));
}
