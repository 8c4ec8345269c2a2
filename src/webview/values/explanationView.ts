import type { LayerSummary } from '../../network/summary';
import type { Cell } from '../../network/tensor/cell';
import type { ConvolutionOperands, Operands } from '../../network/layers/operands';
import type { ValueExplanation } from '../../protocol/engineProtocol';
import { element } from '../draw/element';
import { colourNames } from '../draw/pixels';
import { InputChannels, strongestInput, type InputChannel } from './inputChannels';
import { formulaWords } from './formulaWords';
import { convolutionScene } from '../layers/scenes/convolutionScene';
import { poolingScene } from '../layers/scenes/poolingScene';
import type { Scene } from '../layers/scenes/scene';
import { tableScene } from '../layers/scenes/tableScene';
import { stepNumber, type Progress, type Stage } from '../layers/stages/stage';
import { stagesOf } from '../layers/explanation';
import type { ShownChannels } from '../layers/stages/convolutionStages';
import { Stepper } from './stepper';

/** One value and how it came about. */
export interface Explained {
  readonly summary: LayerSummary;
  readonly cell: Cell;
  readonly explanation: ValueExplanation;
  /** The order of the picture's channels, where the layer's inputs are those. */
  readonly colours: 'RGB' | 'BGR' | undefined;
}

/** Few enough to stand one under the other. */
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
    const { operands } = explanation;
    const shown = this.shownChannels(operands);
    this.channels.element.hidden = operands.kind !== 'Conv2D' || isSideBySide(operands);
    if (operands.kind === 'Conv2D' && !isSideBySide(operands)) {
      this.channels.update(operands, shown === 'all' ? 'all' : (shown[0] ?? 0));
    }
    const nameOf = namesOf(explained);
    this.formula.textContent = formulaWords(operands);
    this.stages = stagesOf(explanation, { cell, shown, nameOf });
    this.scene = this.sceneOf(explained, shown, nameOf);
    this.sceneBox.replaceChildren(...(this.scene ? [this.scene.element] : []));
    this.stepper.show(this.stages, stay);
  }

  private step(at: Progress): void {
    this.scene?.step(this.stages, at);
    const adding = this.stages[at.stage]?.id === 'channels';
    this.channels.mark(adding ? at.step : undefined);
  }

  private shownChannels(operands: Operands): ShownChannels {
    if (operands.kind !== 'Conv2D') return [];
    if (isSideBySide(operands)) return [...Array(operands.channels).keys()];
    if (this.input === 'all') return 'all';
    const channel = this.input ?? strongestInput(operands);
    return [Math.min(channel, operands.channels - 1)];
  }

  private sceneOf(
    { explanation: { operands, sources } }: Explained,
    shown: ShownChannels,
    nameOf: (channel: number) => string,
  ): Scene | undefined {
    const pick = (stage: number, step: number): void =>
      this.stepper.stop(stepNumber(this.stages, { stage, step }));
    const [source = ''] = sources;
    switch (operands.kind) {
      case 'Conv2D':
        return convolutionScene({ operands, source, shown, nameOf, onPick: pick });
      case 'MaxPooling2D':
      case 'AveragePooling2D':
      case 'AdaptiveAveragePooling2D':
      case 'GlobalAveragePooling2D':
        return poolingScene(operands, source, (place) => pick(0, place));
      case 'LocalResponseNormalization':
      case 'Dense':
      case 'Softmax':
        return tableScene(this.stages);
      case 'BatchNormalization':
      case 'Flatten':
      case 'Dropout':
      case 'Activation':
      case 'Merge':
      case 'Concatenate':
      case 'ZeroPadding2D':
        return undefined;
    }
  }
}

function isSideBySide({ channels }: ConvolutionOperands): boolean {
  return channels <= channelsSideBySide;
}

/** `red` where the inputs are a picture's, else `channel 12` of the layer before. */
function namesOf({ explanation, colours }: Explained): (channel: number) => string {
  const { operands } = explanation;
  const first = operands.kind === 'Conv2D' ? operands.firstChannel : 0;
  return (channel) => {
    return colourNames[colours?.[channel] ?? ''] ?? `channel ${first + channel}`;
  };
}
