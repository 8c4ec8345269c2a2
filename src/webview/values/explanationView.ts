import type { ConvolutionOperands } from '../../network/layers/operands';
import type { LayerSummary } from '../../network/summary';
import type { Cell } from '../../network/tensor/cell';
import type { ValueExplanation } from '../../protocol/engineProtocol';
import { element } from '../draw/element';
import { withTerm } from '../draw/term';
import { colourNames } from '../draw/pixels';
import { stagesOf } from '../layers/explanation';
import { valueView } from '../layers/layerViews';
import type { Scene } from '../layers/scenes/scene';
import type { ShownChannels } from '../layers/stages/convolutionStages';
import { stepNumber, type Progress, type Stage } from '../layers/stages/stage';
import { InputChannels, strongestInput, type InputChannel } from './inputChannels';
import { Stepper } from './stepper';

/** One value and how it came about. */
export interface Explained {
  readonly summary: LayerSummary;
  readonly cell: Cell;
  readonly explanation: ValueExplanation;
  /** The order of the picture's channels, where the layer's inputs are those. */
  readonly colours: 'RGB' | 'BGR' | undefined;
}

/** Up to this many input channels are shown one under the other. */
const channelsSideBySide = 3;

/** The formula, what goes into it, and the steps to the value. */
export class ExplanationView {
  readonly element = element('div', { class: 'explanation' });
  private readonly formula = element('p', { class: 'formula' });
  private readonly sceneBox = element('div');
  private readonly channels = new InputChannels((channel) => this.lookAt(channel));
  private readonly stepper: Stepper;
  private scene: Scene | undefined;
  private stages: readonly Stage[] = [];
  private explained: Explained | undefined;
  private input: InputChannel;

  constructor() {
    this.stepper = new Stepper((at) => this.step(at));
    const { controls, results } = this.stepper;
    this.element.append(this.formula, this.channels.element, controls, results, this.sceneBox);
  }

  show(explained: Explained): void {
    const stay = this.explained?.summary.name === explained.summary.name;
    if (!stay) this.input = undefined;
    this.explained = explained;
    this.draw(explained, stay);
    const { row, column, channel } = explained.cell;
    this.element.dataset['value'] = `${explained.summary.name} ${row} ${column} ${channel}`;
  }

  private lookAt(input: number | 'all'): void {
    this.input = input;
    if (this.explained) this.draw(this.explained, true);
  }

  private draw(explained: Explained, stay: boolean): void {
    const { cell, explanation } = explained;
    const { operands, sources } = explanation;
    const view = valueView(operands);
    const patch = view.patch?.(operands);
    const shown = patch ? this.shownChannels(patch) : [];
    this.channels.element.hidden = !patch || isSideBySide(patch);
    if (patch && !isSideBySide(patch)) {
      this.channels.update(patch, shown === 'all' ? 'all' : (shown[0] ?? 0));
    }
    const telling = { cell, shown, nameOf: namesOf(patch?.firstChannel ?? 0, explained.colours) };
    this.formula.replaceChildren(...withTerm(view.formula(operands), 'logits'));
    this.stages = stagesOf(explanation, telling);
    const pick = (stage: number, step: number): void =>
      this.stepper.stop(stepNumber(this.stages, { stage, step }));
    const { stages } = this;
    this.scene = view.scene?.(operands, { ...telling, sources, stages, pick });
    this.sceneBox.replaceChildren(...(this.scene ? [this.scene.element] : []));
    this.stepper.show(stages, stay);
  }

  private step(at: Progress): void {
    this.scene?.step(this.stages, at);
    const adding = this.stages[at.stage]?.id === 'channels';
    this.channels.mark(adding ? at.step : undefined);
  }

  private shownChannels(patch: ConvolutionOperands): ShownChannels {
    if (isSideBySide(patch)) return [...Array(patch.channels).keys()];
    if (this.input === 'all') return 'all';
    const channel = this.input ?? strongestInput(patch);
    return [Math.min(channel, patch.channels - 1)];
  }
}

function isSideBySide({ channels }: ConvolutionOperands): boolean {
  return channels <= channelsSideBySide;
}

/** `red` where the inputs are a picture's, else `channel 12` of the layer before. */
function namesOf(first: number, colours: Explained['colours']): (channel: number) => string {
  return (channel) => colourNames[colours?.[first + channel] ?? ''] ?? `channel ${first + channel}`;
}
