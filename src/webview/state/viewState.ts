import { isVariantId } from '../../library/variants';
import type { VariantId } from '../../library/variant';
import { heatModes, type HeatMode } from '../draw/heatMap';
import { firstChannelView, readChannelView, type ChannelView } from './channelView';
import { tabIds, type TabId } from './tabId';
import { firstWeightsLook, readWeightsLook, type WeightsLook } from './weightsLook';

/** Zoom and pan of the graph in pixels, or 'fit': as large as the pane allows. */
export type ViewTransform = { readonly k: number; readonly x: number; readonly y: number } | 'fit';

/** What stands in the middle. */
export const viewIds = ['graph', 'table', 'compare'] as const;
export type ViewId = (typeof viewIds)[number];

/** What the person chose to look at. Plain JSON: VS Code keeps it across restarts. */
export interface ViewState {
  readonly variant: VariantId | undefined;
  /** The layer whose details are open. */
  readonly selected: string | undefined;
  /** The side of it that is on top. */
  readonly tab: TabId;
  /** The channel that is looked at; the layer may have fewer. Undefined: the one that answers most. */
  readonly channel: number | undefined;
  readonly channels: ChannelView;
  /** Of the details, in pixels. */
  readonly detailsWidth: number;
  readonly weightsLook: WeightsLook;
  /** The cell of its map that is looked at; undefined: where the channel answers most. */
  readonly row: number | undefined;
  readonly column: number | undefined;
  readonly transform: ViewTransform;
  readonly heat: HeatMode;
  readonly view: ViewId;
  /** The steps of the preprocessing are open. */
  readonly steps: boolean;
  /** When the comparison began that has been shown. */
  readonly compared: number | undefined;
  /** Titles of the blocks that are folded. */
  readonly folded: readonly string[];
}

export const firstView: ViewState = {
  variant: undefined,
  selected: undefined,
  tab: 'overview',
  channel: undefined,
  channels: firstChannelView,
  detailsWidth: 372,
  weightsLook: firstWeightsLook,
  row: undefined,
  column: undefined,
  transform: 'fit',
  heat: 'mean',
  view: 'graph',
  steps: false,
  compared: undefined,
  folded: [],
};

/** Reads what an earlier session kept; anything odd in it falls back to the first view. */
export function readViewState(saved: unknown): ViewState {
  if (!isRecord(saved)) return firstView;
  const { variant, selected, tab, channel, row, column, channels, detailsWidth } = saved;
  const { weightsLook } = saved;
  const { transform, heat, view, steps, compared, folded } = saved;
  return {
    variant: isVariantId(variant) ? variant : firstView.variant,
    selected: typeof selected === 'string' ? selected : undefined,
    tab: tabIds.find((id) => id === tab) ?? firstView.tab,
    channel: isIndex(channel) ? channel : firstView.channel,
    channels: isRecord(channels) ? readChannelView(channels) : firstView.channels,
    detailsWidth:
      isFiniteNumber(detailsWidth) && detailsWidth > 0 ? detailsWidth : firstView.detailsWidth,
    weightsLook: readWeightsLook(weightsLook),
    row: isIndex(row) ? row : undefined,
    column: isIndex(column) ? column : undefined,
    transform: readTransform(transform),
    heat: heatModes.find((mode) => mode === heat) ?? firstView.heat,
    view: viewIds.find((id) => id === view) ?? firstView.view,
    steps: steps === true,
    compared: isFiniteNumber(compared) ? compared : undefined,
    folded: Array.isArray(folded)
      ? folded.filter((title): title is string => typeof title === 'string')
      : [],
  };
}

function readTransform(saved: unknown): ViewTransform {
  if (!isRecord(saved)) return 'fit';
  const { k, x, y } = saved;
  const usable = isFiniteNumber(k) && k > 0 && isFiniteNumber(x) && isFiniteNumber(y);
  return usable ? { k, x, y } : 'fit';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isIndex(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isFiniteNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
