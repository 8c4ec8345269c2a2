import type { LayerSummary } from '../../network/summary';
import { isMapShape } from '../../network/tensor/shape';
import { element } from '../draw/element';
import type { Actions } from '../state/actions';
import { channelOf, type Model } from '../state/model';
import type { Tab } from '../state/tab';
import { NumberField } from '../values/numberField';
import { ImaginedPart } from './imaginedPart';
import { PatchesPart } from './patchesPart';

/** What a channel or unit likes: parts of a person's own pictures, and a picture made for it. */
export class LikesTab implements Tab {
  readonly id = 'likes';
  readonly label = 'Likes';
  readonly element = element('div', { class: 'details-body likes' });
  private readonly channel: NumberField;
  private readonly unit: NumberField;
  private readonly patches: PatchesPart;
  private readonly imagined: ImaginedPart;

  constructor(actions: Actions) {
    const pick = (channel: number): void => actions.look({ channel });
    this.channel = new NumberField('Channel', pick);
    this.unit = new NumberField('Unit', pick);
    this.patches = new PatchesPart(actions);
    this.imagined = new ImaginedPart(actions);
    this.element.append(
      element('div', { class: 'likes-channel' }, this.channel.element, this.unit.element),
      this.patches.element,
      this.imagined.element,
    );
  }

  shows({ kind }: LayerSummary): boolean {
    return kind !== 'InputLayer';
  }

  update(model: Model, summary: LayerSummary): void {
    const { name: layer, outputShape } = summary;
    const channel = channelOf(model, summary);
    const last = (outputShape.at(-1) ?? 1) - 1;
    const isMap = isMapShape(outputShape);
    this.channel.element.hidden = !isMap;
    this.unit.element.hidden = isMap;
    this.channel.update(channel, last);
    this.unit.update(channel, last);
    const liked = { layer, outputShape, channel };
    this.patches.update(model, liked);
    this.imagined.update(model, liked);
  }
}
