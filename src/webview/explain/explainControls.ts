import { formatShape } from '../../network/tensor/shape';
import {
  explanationMethods,
  explanationPlaces,
  type ExplanationMethod,
} from '../../protocol/explanation';
import { probabilityWords } from '../../protocol/pictureWords';
import type { RunView } from '../../protocol/panelProtocol';
import { element } from '../draw/element';
import { dirtyCheck } from '../draw/redraw';
import type { Actions } from '../state/actions';
import type { Model } from '../state/model';
import { ClassChooser, type ClassOption } from './classChooser';
import { MethodSettings } from './methodSettings';
import { methodWords } from './methodWords';
import { lastConvolution, layersWithCells, refusal, type Question } from './question';
import { UnitNote } from './unitNote';

type Place = (typeof explanationPlaces)[ExplanationMethod];

const placeTitles: Readonly<Record<Place, string>> = {
  cells: 'By a layer’s cells',
  pixels: 'By pixels',
  windows: 'By windows over the picture',
};

/** What is asked: the class, which other it is set against, by which method, at which layer. */
export class ExplainControls {
  readonly element: HTMLElement;
  private readonly unit: UnitNote;
  private readonly target: ClassChooser;
  private readonly minus: ClassChooser;
  private readonly method: HTMLSelectElement;
  private readonly layer = element('select', { id: 'explain-layer', class: 'select' });
  private readonly layerControl: HTMLElement;
  private readonly why = element('p', { class: 'explain-why quiet', hidden: true });
  private readonly settings: MethodSettings;
  private readonly classesChanged = dirtyCheck();
  private readonly networkChanged = dirtyCheck();
  private options: readonly ClassOption[] = [];

  /** `leave` takes the keyboard from a field. */
  constructor({ look }: Pick<Actions, 'look'>, leave: () => void) {
    this.unit = new UnitNote(() => {
      look({ explain: { unit: undefined } });
      this.target.focus();
    });
    this.target = new ClassChooser({
      id: 'explain-class',
      label: 'Class',
      placeholder: 'Name or number',
      choose: (target) => look({ explain: { target } }),
      leave,
    });
    this.minus = new ClassChooser({
      id: 'explain-minus',
      label: 'and not',
      placeholder: 'no other class',
      choose: (minus) => look({ explain: { minus } }),
      leave,
      clear: () => look({ explain: { minus: undefined } }),
    });
    this.method = element('select', { id: 'explain-method', class: 'select' }, ...methodGroups());
    this.method.addEventListener('change', () => {
      const method = explanationMethods.find((id) => id === this.method.value);
      if (method) look({ explain: { method } });
    });
    this.layer.addEventListener('change', () => {
      look({ explain: { layer: this.layer.value === '' ? undefined : this.layer.value } });
    });
    this.layerControl = control('explain-layer', 'Layer', this.layer);
    this.settings = new MethodSettings((settings) => look({ explain: { settings } }));
    this.element = element(
      'div',
      { class: 'explain-controls', role: 'group', 'aria-label': 'What is explained' },
      this.unit.element,
      this.target.element,
      this.minus.element,
      control('explain-method', 'Method', this.method),
      this.layerControl,
      this.why,
      this.settings.element,
    );
  }

  update(question: Question, { shown, data }: Pick<Model, 'shown' | 'data'>): void {
    const { run, network, target, minus, unit, method, layer } = question;
    this.unit.update(question);
    this.target.element.hidden = this.minus.element.hidden = unit !== undefined;
    const names = data.labels(shown.document);
    const labels = names.status === 'ready' ? names.value : undefined;
    if (this.classesChanged(run.predictions, labels)) this.options = classOptions(run, labels);
    const of = (index: number | undefined): ClassOption | undefined =>
      index === undefined
        ? undefined
        : (this.options.find((option) => option.index === index) ?? unnamed(index));
    this.target.update(this.options, of(target));
    this.minus.update(
      this.options.filter(({ index }) => index !== target),
      of(minus),
    );
    if (this.networkChanged(network, unit)) {
      this.layer.replaceChildren(...layerOptions(question, shown));
      this.refuse(question);
    }
    this.method.value = method;
    this.layer.value = layer ?? '';
    this.layerControl.hidden = explanationPlaces[method] !== 'cells';
    this.settings.update({
      method,
      settings: question.settings,
      run,
      others: data.runs.besides(run),
    });
  }

  /** Methods that cannot answer cannot be chosen, and say why. */
  private refuse(question: Question): void {
    for (const option of this.method.options) {
      const method = explanationMethods.find((id) => id === option.value);
      const why = method && refusal(method, question);
      option.disabled = why !== undefined;
      option.title = why ?? '';
    }
    const why = explanationMethods.flatMap((method) => refusal(method, question) ?? [])[0];
    this.why.textContent = why ?? '';
    this.why.hidden = why === undefined;
  }
}

/** The top 5 lead, then all by their numbers; of names that several classes have, the number tells them apart. */
export function classOptions(
  { predictions }: Pick<RunView, 'predictions'>,
  labels: readonly string[] | undefined,
): readonly ClassOption[] {
  const top = predictions.map(({ index, label, probability }) => {
    return { index, label, note: probabilityWords(probability) };
  });
  const leading = new Set(top.map(({ index }) => index));
  const all = (labels ?? []).map((label, index) => ({ index, label, note: `class ${index}` }));
  return [...top, ...all.filter(({ index }) => !leading.has(index))];
}

function unnamed(index: number): ClassOption {
  return { index, label: `class ${index}`, note: '' };
}

function methodGroups(): readonly HTMLElement[] {
  const places = Object.keys(placeTitles) as readonly Place[];
  return places.map((place) =>
    element(
      'optgroup',
      { label: placeTitles[place] },
      ...explanationMethods
        .filter((method) => explanationPlaces[method] === place)
        .map((method) => element('option', { value: method }, methodWords[method].title)),
    ),
  );
}

function layerOptions(
  { network, unit }: Question,
  { summary }: Model['shown'],
): readonly HTMLOptionElement[] {
  const last = lastConvolution(network, unit);
  const first = last === undefined ? 'the last convolution' : `${last}, the last convolution`;
  const able = new Set(layersWithCells(network, unit));
  const layers = layersWithCells(network).map((name) => {
    const shape = summary.layers.find((layer) => layer.name === name)?.outputShape ?? [];
    const cells = `${name} · ${formatShape(shape.slice(0, 2))} cells`;
    if (able.has(name)) return element('option', { value: name }, cells);
    const why = `${name}: not before ${unit?.layer}`;
    return element('option', { value: name, disabled: true }, why);
  });
  return [element('option', { value: '' }, first), ...layers];
}

function control(id: string, label: string, field: HTMLElement): HTMLElement {
  return element('div', { class: 'explain-control' }, element('label', { for: id }, label), field);
}
