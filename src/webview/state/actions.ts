import type { Preprocess } from '../../network/preprocess';
import type { Cell } from '../../network/value/cell';
import type { VariantId } from '../../library/variant';
import type { PageDrawing } from '../../protocol/pageDrawing';
import type { HeatMode } from '../draw/heatMap';
import type { PointAt } from '../probe/probe';
import type { ChannelView, TabId, WeightsLook, ViewTransform } from './viewState';

/** Something to write into a file. Layers are those of the run on screen. */
export type Export =
  | PageDrawing
  | { readonly kind: 'table' }
  | { readonly kind: 'values'; readonly layer: string; readonly channel?: number };

/** Everything a person can do on the page; panes call these and know nothing of each other. */
export interface Actions {
  readonly selectVariant: (variant: VariantId) => void;
  /** null goes back to the published preprocessing. */
  readonly setPreprocess: (variant: VariantId, preprocess: Preprocess | null) => void;
  readonly toggleSteps: () => void;
  readonly chooseImage: () => void;
  /** Asks what to compare the shown run with. */
  readonly compare: () => void;
  readonly endComparison: () => void;
  /** Goes to one of several pictures. */
  readonly showPicture: (id: number) => void;
  readonly stepPicture: (by: 1 | -1) => void;
  readonly classifyWaiting: () => void;
  readonly closePictures: () => void;
  readonly chooseWeights: () => void;
  readonly chooseWeightsFile: () => void;
  readonly loadOfferedWeights: () => void;
  readonly useRandomWeights: () => void;
  readonly saveWeights: () => void;
  readonly cancelWork: () => void;
  readonly dismissProblem: () => void;
  readonly showLog: () => void;
  readonly copyText: (text: string) => void;
  /** The host asks where to. */
  readonly exportAs: (what: Export) => void;
  /** Opens the details of a layer; `focus` moves the keyboard there. */
  readonly select: (layer: string, options?: { readonly focus: boolean }) => void;
  readonly closeDetails: () => void;
  readonly selectTab: (tab: TabId) => void;
  /** Looks at a channel of the selected layer. */
  readonly selectChannel: (channel: number) => void;
  readonly lookAtChannels: (change: Partial<ChannelView>) => void;
  /** Of the details, in pixels. */
  readonly setDetailsWidth: (width: number) => void;
  readonly setWeightsLook: (change: Partial<WeightsLook>) => void;
  /** Asks again for what the host refused. */
  readonly askAgain: () => void;
  /** Looks at one value, of the selected layer or of another. */
  readonly selectCell: (cell: Cell, layer?: string) => void;
  /** Shows what a cell sees, or which cells a pixel reaches, until something else is pointed at. */
  readonly probe: PointAt;
  readonly setHeat: (heat: HeatMode) => void;
  readonly toggleView: () => void;
  /** The comparison in place of the graph, or the graph again. */
  readonly toggleComparison: () => void;
  readonly toggleFold: (block: string) => void;
  readonly setTransform: (transform: ViewTransform) => void;
  readonly fit: () => void;
  readonly search: (query: string) => void;
  readonly nextMatch: () => void;
  /** Clears the search and gives the keyboard back to the graph. */
  readonly leaveSearch: () => void;
}
