import type { PanelTraining, TrainingCost, TrainingSettings } from '../../protocol/training';
import { button, element } from '../draw/element';
import { dirtyCheck } from '../draw/redraw';
import type { Resource } from '../draw/resource';
import type { Actions } from '../state/actions';
import type { Model } from '../state/model';
import { CostPart } from './costPart';
import { DataPart } from './dataPart';
import { SamplesPart } from './samplesPart';
import { SettingsForm } from './settingsForm';
import { type TrainedDocument, trainedDocument } from './trainedDocument';

/** Before a training: its settings, what they cost, the folder's pictures and how they will be varied. */
export class AskPart {
  readonly element: HTMLElement;
  private readonly form: SettingsForm;
  private readonly cost: CostPart;
  private readonly data = new DataPart();
  private readonly samples: SamplesPart;
  private readonly network = element('p', { class: 'train-network' });
  private readonly isOther = dirtyCheck();
  private model: Model | undefined;
  /** What a cost was asked of last. */
  private costed: { readonly begun: number; readonly settings: TrainingSettings } | undefined;
  private settings: TrainingSettings | undefined;

  /** `close` hears that a person wants none of it. */
  constructor(
    private readonly actions: Pick<Actions, 'tell' | 'askAgain'>,
    close: () => void,
  ) {
    this.form = new SettingsForm({
      onChange: (settings) => {
        this.settings = settings;
        if (this.model) this.update(this.model);
      },
    });
    this.cost = new CostPart(actions.askAgain);
    this.samples = new SamplesPart(actions.askAgain);
    const ways = element(
      'div',
      { class: 'train-ways' },
      button('Start', () => this.start(), { kind: 'primary' }),
      button('Close', close),
    );
    this.element = element(
      'div',
      { class: 'train-ask' },
      part('Settings', this.network, this.form.element),
      element(
        'div',
        { class: 'train-beside' },
        part('What it takes', this.cost.element, ways),
        part('Pictures', this.data.element),
        part('As the network will see them', this.samples.element),
      ),
    );
  }

  update(model: Model): void {
    const { training } = model.state;
    this.model = model;
    const shown = trainedDocument(model);
    if (!training || !shown) return;
    const isOther = this.isOther(training.begun);
    if (isOther) this.settings = undefined;
    const { begun, data } = training;
    this.form.update(training.settings, shown.network, isOther);
    this.form.holdsOut(data.ownHeldOut === undefined);
    const settings = this.settingsOf(training);
    this.network.replaceChildren(...networkWords(shown, training));
    this.data.update(data);
    // They take less than a step: first.
    this.samples.update(model.data.training.augmented(begun, settings));
    this.cost.update(this.readCost(model, begun, settings), { settings, data });
  }

  /** One question at a time: each may take a step, and who types asks many. */
  private readCost(
    { data: { training } }: Model,
    begun: number,
    settings: TrainingSettings,
  ): Resource<TrainingCost> {
    const asked = this.costed?.begun === begun ? this.costed.settings : settings;
    const got = training.cost(begun, asked);
    if (got.status === 'loading' && asked !== settings) return got;
    this.costed = { begun, settings };
    return asked === settings ? got : training.cost(begun, settings);
  }

  /** Those typed here; what the host has may be older. */
  private settingsOf({ settings }: PanelTraining): TrainingSettings {
    const isSame = this.settings?.documentId === settings.documentId;
    return (isSame ? this.settings : undefined) ?? settings;
  }

  private start(): void {
    const begun = this.model?.state.training?.begun;
    const settings = this.form.take();
    if (begun !== undefined && settings) this.actions.tell('startTraining', { begun, settings });
  }
}

function networkWords(
  { title }: TrainedDocument,
  { data: { classes } }: PanelTraining,
): readonly (Node | string)[] {
  const made = `: its last layer is made anew, unless these ${classes.length} classes are its own.`;
  return [element('strong', {}, title), made];
}

function part(title: string, ...content: readonly HTMLElement[]): HTMLElement {
  return element('section', { class: 'train-part' }, element('h2', {}, title), ...content);
}
