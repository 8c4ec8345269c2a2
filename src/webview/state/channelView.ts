import { channelSorts, type ChannelSort } from '../draw/channelOrder';
import { clipShares, scaleModes, type ClipShare, type ScaleMode } from '../draw/channelScale';
import { colourMapIds, type ColourMapId } from '../draw/colourMap';

/** How the person looks at a layer's channels. */
export interface ChannelView {
  readonly sort: ChannelSort;
  /** Of the units of a layer without maps, where the order of the index is the picture. */
  readonly unitSort: ChannelSort;
  readonly scale: ScaleMode;
  readonly clip: ClipShare;
  readonly colours: ColourMapId;
  /** One channel is shown large, over the picture. */
  readonly large: boolean;
  /** Of the large channel over the picture, from 0 to 1. */
  readonly opacity: number;
  readonly smooth: boolean;
}

export const firstChannelView: ChannelView = {
  sort: 'energy',
  unitSort: 'index',
  scale: 'shared',
  clip: 0,
  colours: 'inferno',
  large: false,
  opacity: 0.65,
  smooth: false,
};

/** Reads what an earlier session kept; what is odd in it falls back to the first view. */
export function readChannelView(saved: Readonly<Record<string, unknown>>): ChannelView {
  const { sort, unitSort, scale, clip, colours, large, opacity, smooth } = saved;
  const first = firstChannelView;
  const share = typeof opacity === 'number' && opacity >= 0 && opacity <= 1;
  return {
    sort: channelSorts.find((id) => id === sort) ?? first.sort,
    unitSort: channelSorts.find((id) => id === unitSort) ?? first.unitSort,
    scale: scaleModes.find((id) => id === scale) ?? first.scale,
    clip: clipShares.find((id) => id === clip) ?? first.clip,
    colours: colourMapIds.find((id) => id === colours) ?? first.colours,
    large: typeof large === 'boolean' ? large : first.large,
    opacity: share ? opacity : first.opacity,
    smooth: typeof smooth === 'boolean' ? smooth : first.smooth,
  };
}
