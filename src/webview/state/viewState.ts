import { heatModes, type HeatMode } from '../draw/heatMap';
import { channelSorts, type ChannelSort } from '../draw/channelOrder';
import { clipShares, scaleModes, type ClipShare, type ScaleMode } from '../draw/channelScale';
import { sheetStops } from './pageForm';
import { colourMapIds, type ColourMapId } from '../draw/colourMap';
import { firstExplainLook, readExplainLook, type ExplainLook } from './explainLook';
import { firstLikesLook, readLikesLook, type LikesLook } from './likesLook';
import { firstResultsLook, readResultsLook, type ResultsLook } from './resultsLook';

/** Zoom and pan of the graph in pixels, or 'fit': as large as the pane allows. */
export type ViewTransform = { readonly k: number; readonly x: number; readonly y: number } | 'fit';

/** What stands in the middle. */
export const viewIds = [
  'graph',
  'table',
  'compare',
  'results',
  'evaluate',
  'train',
  'explain',
] as const;
export type ViewId = (typeof viewIds)[number];

/** What the colours of the graph's blocks say: the kind of a layer, or how much of something it has. */
export const colourings = ['kind', 'parameters', 'macs', 'time', 'bytes'] as const;
export type Colouring = (typeof colourings)[number];

/** The tabs of the details. */
const tabIds = ['overview', 'channels', 'weights', 'values', 'likes', 'difference'] as const;
export type TabId = (typeof tabIds)[number];

/** How the person looks at a layer's channels. */
export interface ChannelView {
  readonly sort: ChannelSort;
  /** Sorting of the units of a dense layer, where the order of their indices is what is looked at. */
  readonly unitSort: ChannelSort;
  readonly scale: ScaleMode;
  readonly clip: ClipShare;
  readonly colours: ColourMapId;
  /** One channel is shown large, over the picture. */
  readonly large: boolean;
  /** Opacity of the large channel over the picture, from 0 to 1. */
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

/** How weights are drawn. */
export interface WeightsLook {
  /** The heights of a histogram's bars. */
  readonly counts: 'linear' | 'log';
  /** One scale of colours for all filters of a layer, or each filter's own. */
  readonly kernels: 'joint' | 'own';
}

const firstWeightsLook: WeightsLook = { counts: 'linear', kernels: 'joint' };

/** What the person chose to look at. Plain JSON: VS Code keeps it across restarts. */
export interface ViewState {
  readonly documentId: string | undefined;
  /** The layer whose details are open. */
  readonly selected: string | undefined;
  /** The layer that was looked at last: opened, or walked to. */
  readonly looked: string | undefined;
  /** The current tab of the details. */
  readonly tab: TabId;
  /** The channel that is looked at; the layer may have fewer. Undefined: the one that answers most. */
  readonly channel: number | undefined;
  readonly channels: ChannelView;
  /** Width of the details pane, in pixels. */
  readonly detailsWidth: number;
  /** Height of the details where they are a sheet, as a part of the room for graph and sheet. */
  readonly sheet: number;
  /** The whole picture pane is shown where the picture is a row. */
  readonly pictureOpen: boolean;
  /** Large type and nothing beside the matter, for a beamer. */
  readonly presenting: boolean;
  readonly weightsLook: WeightsLook;
  /** The cell of its map that is looked at; undefined: where the channel answers most. */
  readonly row: number | undefined;
  readonly column: number | undefined;
  readonly transform: ViewTransform;
  readonly heat: HeatMode;
  readonly colouring: Colouring;
  /** The legend is open in the graph's corner. */
  readonly legend: boolean;
  readonly view: ViewId;
  readonly results: ResultsLook;
  readonly explain: ExplainLook;
  readonly likes: LikesLook;
  /** The steps of the preprocessing are open. */
  readonly steps: boolean;
  /** When the comparison began that has been shown. */
  readonly compared: number | undefined;
  /** When the evaluation began that has been shown. */
  readonly evaluated: number | undefined;
  /** When the training began that has been shown. */
  readonly trained: number | undefined;
  /** Titles of the blocks that are folded. */
  readonly folded: readonly string[];
}

export const firstView: ViewState = {
  documentId: undefined,
  selected: undefined,
  looked: undefined,
  tab: 'overview',
  channel: undefined,
  channels: firstChannelView,
  detailsWidth: 372,
  sheet: sheetStops.half,
  pictureOpen: false,
  presenting: false,
  weightsLook: firstWeightsLook,
  row: undefined,
  column: undefined,
  transform: 'fit',
  heat: 'mean',
  colouring: 'kind',
  legend: false,
  view: 'graph',
  results: firstResultsLook,
  explain: firstExplainLook,
  likes: firstLikesLook,
  steps: false,
  compared: undefined,
  evaluated: undefined,
  trained: undefined,
  folded: [],
};

/** Reads what an earlier session kept; anything odd in it falls back to the first view. */
export function readViewState(saved: unknown): ViewState {
  if (!isRecord(saved)) return firstView;
  const { documentId, selected, looked, tab, channel, row, column, channels } = saved;
  const { detailsWidth, weightsLook, results, sheet, pictureOpen, presenting } = saved;
  const { trained, folded, explain, likes } = saved;
  const { transform, heat, colouring, legend, view, steps, compared, evaluated } = saved;
  return {
    documentId: typeof documentId === 'string' ? documentId : firstView.documentId,
    selected: typeof selected === 'string' ? selected : undefined,
    looked: typeof looked === 'string' ? looked : undefined,
    tab: tabIds.find((id) => id === tab) ?? firstView.tab,
    channel: isIndex(channel) ? channel : firstView.channel,
    channels: isRecord(channels) ? readChannelView(channels) : firstView.channels,
    detailsWidth:
      isFiniteNumber(detailsWidth) && detailsWidth > 0 ? detailsWidth : firstView.detailsWidth,
    sheet: isFiniteNumber(sheet) && sheet >= 0 && sheet <= 1 ? sheet : firstView.sheet,
    pictureOpen: pictureOpen === true,
    presenting: presenting === true,
    weightsLook: readWeightsLook(weightsLook),
    row: isIndex(row) ? row : undefined,
    column: isIndex(column) ? column : undefined,
    transform: readTransform(transform),
    heat: heatModes.find((mode) => mode === heat) ?? firstView.heat,
    colouring: colourings.find((id) => id === colouring) ?? firstView.colouring,
    legend: legend === true,
    view: viewIds.find((id) => id === view) ?? firstView.view,
    results: readResultsLook(results),
    explain: readExplainLook(explain),
    likes: readLikesLook(likes),
    steps: steps === true,
    compared: isFiniteNumber(compared) ? compared : undefined,
    evaluated: isFiniteNumber(evaluated) ? evaluated : undefined,
    trained: isFiniteNumber(trained) ? trained : undefined,
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

/** Reads what an earlier session kept. */
function readWeightsLook(saved: unknown): WeightsLook {
  if (typeof saved !== 'object' || saved === null) return firstWeightsLook;
  const { counts, kernels } = saved as Readonly<Record<string, unknown>>;
  return {
    counts: counts === 'log' ? 'log' : 'linear',
    kernels: kernels === 'own' ? 'own' : 'joint',
  };
}

/** Reads what an earlier session kept; what is odd in it falls back to the first view. */
function readChannelView(saved: Readonly<Record<string, unknown>>): ChannelView {
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
