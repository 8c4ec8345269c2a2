import { channelSorts, type ChannelSort } from '../draw/channelOrder';
import { clipShares, scaleModes, type ClipShare, type ScaleMode } from '../draw/channelScale';
import { colourMapIds } from '../draw/colourMap';
import { element } from '../draw/element';
import type { Actions } from '../state/actions';
import type { ChannelView } from '../state/viewState';

const sortNames: Readonly<Record<ChannelSort, string>> = {
  index: 'index',
  max: 'maximum',
  mean: 'mean',
  energy: 'energy',
  adds: 'adds to a class',
};

const scaleNames: Readonly<Record<ScaleMode, string>> = {
  shared: 'one for all',
  channel: 'per channel',
};

const clipName = (share: ClipShare): string =>
  share === 0 ? 'nothing' : `strongest ${share * 100} %`;

/** How the channels are sorted and coloured. */
export class ChannelControls {
  readonly element: HTMLElement;
  private readonly sort;
  private readonly scale;
  private readonly clip;
  private readonly colours;
  private units = false;

  constructor({ look }: Pick<Actions, 'look'>) {
    this.sort = choice('Sort by', channelSorts, {
      name: (id) => sortNames[id],
      title:
        'Index; the largest maximum, mean or energy (mean of the squares) first; or what adds most to the class that is asked about',
      choose: (sort) => look({ channels: this.units ? { unitSort: sort } : { sort } }),
    });
    this.scale = choice('Range', scaleModes, {
      name: (id) => scaleNames[id],
      title:
        'One range of colours makes channels comparable; one of its own shows what is in a weak channel',
      choose: (scale) => look({ channels: { scale } }),
    });
    this.clip = choice('Clip', clipShares, {
      name: clipName,
      title:
        'Values past the end of the scale take its last colour, so that the rest is told apart',
      choose: (clip) => look({ channels: { clip } }),
    });
    this.colours = choice('Colours', colourMapIds, {
      name: (id) => id,
      title: 'Colours of the scale; layers with negative values take its diverging pair',
      choose: (colours) => look({ channels: { colours } }),
    });
    this.element = element(
      'div',
      { class: 'channel-controls' },
      ...[this.sort, this.scale, this.clip, this.colours].map(({ label }) => label),
    );
  }

  /** A scale of its own would make every unit as bright as the others. */
  update({ view, sort, units, asked, canAdd }: Controlled): void {
    this.units = units;
    const adds = this.sort.select.querySelector<HTMLOptionElement>('[value=adds]');
    if (adds) {
      const words = `adds to ${asked}`;
      if (adds.textContent !== words) adds.textContent = words;
      adds.disabled = !canAdd;
    }
    this.sort.select.value = sort;
    this.scale.select.value = units ? 'shared' : view.scale;
    this.scale.select.disabled = units;
    this.clip.select.value = String(view.clip);
    this.colours.select.value = view.colours;
  }
}

interface Controlled {
  readonly view: ChannelView;
  /** Of the layer's channels, or its units. */
  readonly sort: ChannelSort;
  readonly units: boolean;
  /** The class that channels add something to. */
  readonly asked: string;
  readonly canAdd: boolean;
}

interface ChoiceOptions<T> {
  readonly name: (id: T) => string;
  readonly title: string;
  readonly choose: (id: T) => void;
}

function choice<T extends string | number>(
  label: string,
  ids: readonly T[],
  { name, title, choose }: ChoiceOptions<T>,
): { readonly label: HTMLElement; readonly select: HTMLSelectElement } {
  const options = ids.map((id) => element('option', { value: id }, name(id)));
  const select = element('select', { class: 'select', title }, ...options);
  select.addEventListener('change', () => {
    const chosen = ids.find((id) => String(id) === select.value);
    if (chosen !== undefined) choose(chosen);
  });
  return { label: element('label', {}, element('span', {}, label), select), select };
}
