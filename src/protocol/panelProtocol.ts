import type { Preprocess } from '../network/preprocess/preprocess';
import type { ModelDocument, PublishedWeights } from '../network/modelDocument';
import type {
  EngineInfo,
  ExplainParams,
  RgbPicture,
  RunMaps,
  Tensor,
  ValueExplanation,
  WeightsInfo,
} from './engineProtocol';
import type { LayerComparison } from './comparison';
import type { PictureStrip } from './pictureStrip';
import type { PageDrawing } from './pageDrawing';
import type { Filters, FilterRange, WeightSummary } from './weightSummary';

export interface Prediction {
  /** ImageNet-1k class index, from 0. */
  readonly index: number;
  readonly label: string;
  /** WordNet 3.0's id of the class, such as `n01440764`. */
  readonly synset: string;
  readonly probability: number;
}

/** How pictures are prepared for the shown document, and how its publisher prepares them. */
export interface PanelPreprocess {
  readonly settings: Preprocess;
  readonly published: Preprocess;
}

/** The weights in use; `published` where they are a set of the catalogue. */
export interface PanelWeights extends WeightsInfo {
  readonly published?: PublishedWeights;
}

/** The engine's process as the panel shows it. */
export type EngineState =
  | { readonly status: 'stopped' }
  | { readonly status: 'starting' }
  | { readonly status: 'ready'; readonly info: EngineInfo }
  | { readonly status: 'failed'; readonly why: string };

/** A classified picture, ready to draw. */
export interface RunView extends RunMaps {
  readonly runId: number;
  /** The picture's path as a person would say it, relative to the workspace where it can be. */
  readonly name: string;
  readonly documentId: string;
  /** What the document is called. */
  readonly network: string;
  readonly preprocess: Preprocess;
  /** The top 5, the most probable first. */
  readonly predictions: readonly Prediction[];
  readonly trained: boolean;
  /** What the weights are called. */
  readonly weights: string;
  readonly backend: EngineInfo['backend'];
}

/** A run that others are compared with; `layers` are of that run and the one of `runId`, which is shown. */
export type PanelComparison = {
  readonly reference: RunView;
  /** When, in milliseconds since 1970: tells one comparison from the next. */
  readonly begun: number;
} & (
  | { readonly status: 'waiting' }
  | {
      readonly status: 'ready';
      readonly runId: number;
      readonly layers: readonly LayerComparison[];
    }
  | { readonly status: 'failed'; readonly why: string }
);

/** Work in progress; fraction from 0 to 1, undefined while unknown. */
export interface Work {
  readonly what: string;
  readonly fraction: number | undefined;
  readonly cancellable: boolean;
}

/** A document as the page needs it: the names of its classes are asked for apart. */
export type PageDocument = Omit<ModelDocument, 'labels' | 'torchModules'>;

/** Everything the panel draws. The host owns it and sends it whole, or the parts that changed. */
export interface PanelState {
  /** Every document of the window; changes seldom, so that it is sent once. */
  readonly documents: readonly PageDocument[];
  /** The one that is shown. */
  readonly documentId: string;
  readonly weights: PanelWeights;
  /** Changes whenever the weights' values may have: what was asked about others holds no longer. */
  readonly weightsId: number;
  /** What a button says that loads trained weights in place of random ones. */
  readonly weightsOffer: string;
  readonly preprocess: PanelPreprocess;
  readonly engine: EngineState;
  readonly run: RunView | undefined;
  readonly comparison: PanelComparison | undefined;
  /** Where there are several pictures. */
  readonly pictures: PictureStrip | undefined;
  readonly work: Work | undefined;
  /** One sentence: what went wrong last, and what to do. */
  readonly problem: string | undefined;
}

/** null stands for undefined, which does not survive the way to the page. */
export type PanelChange = {
  readonly [K in keyof PanelState]?: undefined extends PanelState[K]
    ? PanelState[K] | null
    : PanelState[K];
};

interface Call<Params, Result> {
  readonly params: Params;
  readonly result: Result;
  readonly progress: never;
}

/** The layer whose weights are asked for: another document may be shown by the time the host hears it. */
export interface WeightsOf {
  readonly documentId: string;
  readonly layer: string;
}

/** What the panel asks of the host. */
export interface HostMethods {
  /** The page has loaded; answers with what to show. */
  ready: Call<undefined, PanelState>;
  selectDocument: Call<{ readonly documentId: string }, void>;
  /** Prepares pictures for a document like this from now on, and classifies the one on screen again; null: as published. */
  setPreprocess: Call<
    { readonly documentId: string; readonly preprocess: Preprocess | null },
    void
  >;
  /** Asks the person for pictures, then classifies them. */
  chooseImage: Call<undefined, void>;
  /** Asks the person what to compare the shown run with, then does. */
  compare: Call<undefined, void>;
  endComparison: Call<undefined, void>;
  /** Goes to one of several pictures; it is classified first where it has to be. */
  showPicture: Call<{ readonly id: number }, void>;
  /** Goes to the picture before or after. */
  stepPicture: Call<{ readonly by: 1 | -1 }, void>;
  /** Classifies those of several pictures of which nothing is known. */
  classifyWaiting: Call<undefined, void>;
  /** Leaves the picture on screen and lets go of the others. */
  closePictures: Call<undefined, void>;
  thumbnail: Call<{ readonly id: number }, RgbPicture>;
  /** Asks the person for weights of any kind, then loads them. */
  chooseWeights: Call<undefined, void>;
  /** Asks the person for a file of weights, then loads it. */
  chooseWeightsFile: Call<undefined, void>;
  loadOfferedWeights: Call<undefined, void>;
  useRandomWeights: Call<undefined, void>;
  /** Asks the person where to, then writes the weights in use. */
  saveWeights: Call<undefined, void>;
  cancelWork: Call<undefined, void>;
  dismissProblem: Call<undefined, void>;
  showLog: Call<undefined, void>;
  /** A layer's whole output in a run that is kept. */
  activation: Call<{ readonly runId: number; readonly layer: string }, Tensor>;
  /** The names of the classes, by index. */
  labels: Call<{ readonly documentId: string }, readonly string[]>;
  /** Statistics and histograms of a layer's weights; loads them first where they are not. */
  weightSummary: Call<WeightsOf, WeightSummary>;
  /** Some filters of a convolution; loads the weights first where they are not. */
  filters: Call<WeightsOf & FilterRange, Filters>;
  /** What one value of a run that is kept was made of. */
  explainValue: Call<ExplainParams, ValueExplanation>;
  /** Asks the person where to, then writes the layer table of the shown document. */
  exportTable: Call<undefined, void>;
  /** The same for a layer's output in a run that is kept; `channel` picks one map of it. */
  exportActivation: Call<
    { readonly runId: number; readonly layer: string; readonly channel?: number },
    void
  >;
  /** The same for a PNG or SVG that the page drew. */
  saveFile: Call<{ readonly suggestedName: string; readonly bytes: Uint8Array }, void>;
  /** The page could not do what the person asked of it. */
  showProblem: Call<{ readonly why: string }, void>;
  copyText: Call<{ readonly text: string }, void>;
  /** Something in the page threw: for the log. */
  reportError: Call<{ readonly message: string }, void>;
}

/** What the host asks of the panel. */
export interface PanelMethods {
  /** Parts that changed; a part that is present replaces the old one, and null clears it. */
  update: Call<{ readonly change: PanelChange }, void>;
  /** The bytes of a file with this drawing, as it is on the page or would be. */
  draw: Call<{ readonly what: PageDrawing }, Uint8Array>;
}
