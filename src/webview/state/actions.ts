import type { CodeFramework } from '../../protocol/codeFrameworks';
import type { PageDrawing } from '../../protocol/pageDrawing';
import type { UnitTarget } from '../../protocol/explanation';
import type { HostMethods } from '../../protocol/panelProtocol';
import type { PointAt } from '../probe/probe';
import type { ExplainLook } from './explainLook';
import type { LikesLook } from './likesLook';
import type { ResultsLook } from './resultsLook';
import type { ChannelView, ViewState, WeightsLook } from './viewState';

type Params<K extends keyof HostMethods> = HostMethods[K]['params'] extends undefined
  ? readonly []
  : readonly [params: HostMethods[K]['params']];

/** Asks the host to do something. It says itself what went wrong; the page goes on. */
export type Tell = <K extends keyof HostMethods>(method: K, ...params: Params<K>) => void;

/** What a person looks at from now on; of these looks only what changes. */
export type ViewChange = Partial<
  Omit<ViewState, 'channels' | 'weightsLook' | 'results' | 'explain' | 'likes'>
> & {
  readonly channels?: Partial<ChannelView>;
  readonly weightsLook?: Partial<WeightsLook>;
  readonly results?: Partial<ResultsLook>;
  readonly explain?: Partial<ExplainLook>;
  readonly likes?: Partial<LikesLook>;
};

/** The view as a person looks at it after a change. */
export function withChange(
  view: ViewState,
  { channels, weightsLook, results, explain, likes, ...change }: ViewChange,
): ViewState {
  return {
    ...view,
    ...change,
    ...(channels && { channels: { ...view.channels, ...channels } }),
    ...(weightsLook && { weightsLook: { ...view.weightsLook, ...weightsLook } }),
    ...(results && { results: { ...view.results, ...results } }),
    ...(explain && { explain: { ...view.explain, ...explain } }),
    ...(likes && { likes: { ...view.likes, ...likes } }),
  };
}

/** Something to write into a file. Layers are those of the run on screen. */
export type Export =
  | PageDrawing
  | { readonly kind: 'table' }
  /** The document whole, as JSON. */
  | { readonly kind: 'network' }
  | { readonly kind: 'code'; readonly framework: CodeFramework }
  /** The map on screen: over the picture, or its values with all that they follow from. */
  | { readonly kind: 'explanation'; readonly as: 'picture' | 'values' }
  | { readonly kind: 'values'; readonly layer: string; readonly channel?: number };

/** What the panes may do; they know nothing of each other. */
export interface Actions {
  readonly tell: Tell;
  /** Changes the view, keeps it for the next session and draws it. */
  readonly look: (change: ViewChange) => void;
  /** Shows what a cell sees, or which cells a pixel reaches, until something else is pointed at. */
  readonly probe: PointAt;
  /** Opens the details of a layer; `focus` moves the keyboard there. */
  readonly select: (layer: string, options?: { readonly focus: boolean }) => void;
  readonly closeDetails: () => void;
  /** The table in place of the graph, or the graph again. */
  readonly toggleView: () => void;
  /** The comparison in place of the graph, or the graph again. */
  readonly toggleComparison: () => void;
  /** All keys in a dialogue. */
  readonly showKeys: () => void;
  /** The table of results in place of the graph, or the graph again. */
  readonly toggleResults: () => void;
  /** The evaluation in place of the graph, or the graph again. */
  readonly toggleEvaluation: () => void;
  /** The training in place of the graph, or the graph again. */
  readonly toggleTraining: () => void;
  /** The explanation in place of the graph, or the graph again. */
  readonly toggleExplanation: () => void;
  /** Why the picture on screen was, or was not, taken for a class; undefined: the most probable one. */
  readonly explainClass: (index: number | undefined) => void;
  /** The same is about to be asked, of this class or the one that was chosen. */
  readonly foreseeExplanation: (index?: number) => void;
  /** What in the picture on screen a unit or channel answers to. */
  readonly explainUnit: (unit: UnitTarget) => void;
  /** The eraser on the picture, in the explanation's place. */
  readonly erase: () => void;
  /** Large type and nothing beside the matter, or all of the page again. */
  readonly togglePresentation: () => void;
  /** Folds blocks by their titles, or unfolds them where one is folded. */
  readonly toggleFold: (blocks: readonly string[]) => void;
  /** Folds every block, or unfolds all where none is left to fold. */
  readonly toggleAllFolds: () => void;
  /** Keeps what the graph already shows: a zoom or pan, the layer that has the keyboard. */
  readonly keep: (seen: Partial<Pick<ViewState, 'transform' | 'looked'>>) => void;
  readonly closePictures: () => void;
  /** Brings back the pictures that were closed or made way for others. */
  readonly reopenPictures: () => void;
  /** Asks the host where to, and writes it. */
  readonly exportAs: (what: Export) => void;
  /** Asks again for what the host refused. */
  readonly askAgain: () => void;
  readonly search: (query: string) => void;
  readonly nextMatch: () => void;
  /** Clears the search and gives the keyboard back to the graph. */
  readonly leaveSearch: () => void;
}
