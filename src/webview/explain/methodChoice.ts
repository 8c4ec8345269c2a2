import type { ExplanationMethod } from '../../protocol/explanation';
import { element } from '../draw/element';
import { methodOrder, methodWords } from './methodWords';

/** These run the network from tens to hundreds of times for one map. */
const slow: ReadonlySet<ExplanationMethod> = new Set([
  'smoothGrad',
  'integratedGradients',
  'occlusion',
  'scoreCam',
  'ablationCam',
]);

/** Which methods are put to the test; behind a summary, as few are usual. */
export class MethodChoice {
  readonly element: HTMLElement;
  private readonly boxes: readonly {
    readonly method: ExplanationMethod;
    readonly box: HTMLInputElement;
  }[];
  private readonly summary = element('summary');

  constructor(choose: (methods: readonly ExplanationMethod[]) => void) {
    this.boxes = methodOrder.map((method) => ({
      method,
      box: element('input', { type: 'checkbox' }),
    }));
    const labels = this.boxes.map(({ method, box }) =>
      element(
        'label',
        {},
        box,
        methodWords[method].title,
        ...(slow.has(method) ? [element('span', { class: 'quiet' }, 'slow')] : []),
      ),
    );
    const fields = element(
      'div',
      { class: 'explain-tested', role: 'group', 'aria-label': 'Methods to test' },
      ...labels,
    );
    this.element = element('details', {}, this.summary, fields);
    fields.addEventListener('change', () =>
      choose(this.boxes.flatMap(({ method, box }) => (box.checked ? [method] : []))),
    );
  }

  update(tested: readonly ExplanationMethod[]): void {
    this.summary.textContent = `Methods to test: ${tested.length} of ${methodOrder.length}`;
    for (const { method, box } of this.boxes) {
      box.checked = tested.includes(method);
      // One is always left: there is nothing to test otherwise.
      box.disabled = box.checked && tested.length === 1;
    }
  }
}
