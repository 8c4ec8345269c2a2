import type { Preprocess } from '../network/preprocess/preprocess';
import type { ModelDocument, PublishedWeights } from '../network/modelDocument';
import type {
  EngineInfo,
  ExplainParams,
  Tensor,
  ValueExplanation,
  WeightsInfo,
} from './engineProtocol';
import type { RgbPicture, RunMaps } from './runMaps';
import type { RunChanges } from './changedRun';
import type { CodeFramework } from './codeFrameworks';
import type { LayerComparison } from './comparison';
import type {
  EvaluationReport,
  PanelEvaluation,
  PicturesAnswer,
  PicturesQuestion,
} from './evaluation';
import type { PanelExplanations, PanelLikes } from './explanationCalls';
import type { GivenPicture } from './givenPictures';
import type { PanelPatches } from './likes';
import type { PictureStrip } from './pictureStrip';
import type { PageDrawing } from './pageDrawing';
import type { Prediction } from './prediction';
import type { LearnedWeights, PanelTraining, TrainingMethods } from './training';
import type { ChangedRunView, PanelChanges, PanelWhatIf } from './whatIf';
import type { Filters, FilterRange, WeightSummary } from './weightSummary';

/** How pictures are prepared for the shown document, and how its publisher prepares them. */
export interface PanelPreprocess {
  readonly settings: Preprocess;
  readonly published: Preprocess;
}

/** The weights in use; `published` where they are a set of the catalogue, `learned` where they were trained here. */
export interface PanelWeights extends WeightsInfo {
  readonly published?: PublishedWeights;
  readonly learned?: LearnedWeights;
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
  /** What the page has changed of it; the host sends runs as they were. */
  readonly changes?: RunChanges;
}

/** How the shown run differs from the reference; `layers` are of that run and the one of `runId`, which is shown. */
export type PanelComparison = {
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

/**
 * What is to be said of the picture on screen besides its result. `running`: the result is of other choices, and a run
 * of the present ones is under way; `outdated`: none is. `changed`, `gone`: the file is not what was run, or is not
 * there. `returning`, `lost`: a picture of an earlier window is being run again, or could not be.
 */
export type PictureNotice =
  | { readonly kind: 'running' | 'outdated' | 'changed' | 'gone' }
  | { readonly kind: 'returning'; readonly name: string }
  | { readonly kind: 'lost'; readonly name: string; readonly why: string };

/** Work in progress; fraction from 0 to 1, undefined while unknown. */
export interface Work {
  readonly what: string;
  readonly fraction: number | undefined;
  readonly cancellable: boolean;
}

/** What the page knows of the names of a document's classes, which are asked for apart. */
export interface PageLabels {
  /** Where they come from, in words. */
  readonly from: string;
  readonly count: number;
  /** Where a person may choose others: whether they may be ImageNet's. */
  readonly offer?: 'any' | 'imageNet';
}

/** A document as the page needs it; `version` changes with what it says. */
export interface PageDocument extends Omit<ModelDocument, 'labels' | 'torchModules'> {
  readonly version: number;
  readonly labels: PageLabels;
}

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
  /** Native TensorFlow could be installed here and is not. */
  readonly canInstallNative: boolean;
  readonly run: RunView | undefined;
  readonly notice: PictureNotice | undefined;
  /** What a person changes of the run on screen. */
  readonly whatIf: PanelWhatIf | undefined;
  /** The run on screen as it would have been; large, so that it is sent once. */
  readonly changed: ChangedRunView | undefined;
  readonly comparison: PanelComparison | undefined;
  /** The run that others are compared with, while there is a comparison; large, so that it is sent once. */
  readonly reference: RunView | undefined;
  /** Where there are several pictures. */
  readonly pictures: PictureStrip | undefined;
  /** The last evaluation of a labelled folder, under way or over. */
  readonly evaluation: PanelEvaluation | undefined;
  /** The last training, being asked about, under way or over. */
  readonly training: PanelTraining | undefined;
  /** The last search for what the channels of a layer like, under way or over. */
  readonly patches: PanelPatches | undefined;
  /** How many pictures were closed or made way for others and can be brought back. */
  readonly picturesAside: number | undefined;
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

interface Call<Params, Result, Report = never> {
  readonly params: Params;
  readonly result: Result;
  readonly progress: Report;
}

/** The layer whose weights are asked for: another document may be shown by the time the host hears it. */
export interface WeightsOf {
  readonly documentId: string;
  readonly layer: string;
}

/** What the panel asks of the host. */
export interface HostMethods extends TrainingMethods, PanelExplanations, PanelLikes, PanelChanges {
  /** The page has loaded; answers with what to show, and how the page before it was looked at. */
  ready: Call<undefined, { readonly state: PanelState; readonly view: unknown }>;
  /** How the person looks at the panel, for the page after this one. Plain JSON, known to pages only. */
  keepView: Call<{ readonly view: unknown }, void>;
  selectDocument: Call<{ readonly documentId: string }, void>;
  /** Prepares pictures for a document like this from now on, and classifies the one on screen again; null: as published. */
  setPreprocess: Call<
    { readonly documentId: string; readonly preprocess: Preprocess | null },
    void
  >;
  /** Asks the person what the classes of the shown model are called. */
  chooseLabels: Call<undefined, void>;
  /** Calls them as ImageNet does. */
  useImageNetLabels: Call<undefined, void>;
  /** Asks the person for the size of the pictures, where the shown model's file leaves it open. */
  chooseSize: Call<undefined, void>;
  /** Asks the person for pictures, then classifies them. */
  chooseImage: Call<undefined, void>;
  /** Classifies one of the pictures that come with the extension. */
  classifySample: Call<{ readonly file: string }, void>;
  /**
   * Takes files that were dropped on the panel, by their addresses: classifies pictures and those of folders, opens
   * models, loads weights.
   */
  takePlaces: Call<{ readonly uris: readonly string[] }, void>;
  /** Classifies pictures whose bytes were dropped on the panel or pasted into it. */
  classifyGiven: Call<{ readonly pictures: readonly GivenPicture[] }, void>;
  /** Runs the picture on screen again, or the one of an earlier window that is not there yet. */
  runAgain: Call<undefined, void>;
  /** Asks the person what to compare the shown run with, then does. */
  compare: Call<undefined, void>;
  endComparison: Call<undefined, void>;
  /** Goes to one of several pictures; it is classified first where it has to be. */
  showPicture: Call<{ readonly id: number }, void>;
  /** Goes to the picture before or after. */
  stepPicture: Call<{ readonly by: 1 | -1 }, void>;
  /** Classifies those of several pictures of which nothing is known. */
  classifyWaiting: Call<undefined, void>;
  /** Shows each picture as it is done, or stays at the one on screen. */
  followPictures: Call<{ readonly follow: boolean }, void>;
  /** Leaves the picture on screen and lets go of the others. */
  closePictures: Call<undefined, void>;
  /** Brings back the pictures that were there before. */
  reopenPictures: Call<undefined, void>;
  thumbnail: Call<{ readonly id: number }, RgbPicture>;
  /** Asks the person for a labelled folder, then evaluates the shown network and weights on it. */
  evaluate: Call<undefined, void>;
  /** Ends the evaluation that is under way; what is done stays. */
  stopEvaluation: Call<undefined, void>;
  /** What came out of an evaluation so far. */
  evaluationReport: Call<{ readonly begun: number }, EvaluationReport>;
  evaluatedPictures: Call<PicturesQuestion, PicturesAnswer>;
  evaluatedThumbnail: Call<{ readonly begun: number; readonly id: number }, RgbPicture>;
  /** Classifies pictures of an evaluation, to look at them in the panel. */
  showEvaluated: Call<{ readonly begun: number; readonly ids: readonly number[] }, void>;
  /** Asks the person where to, then writes what became of every picture. */
  exportEvaluation: Call<undefined, void>;
  /** Asks the person for weights of any kind, then loads them. */
  chooseWeights: Call<undefined, void>;
  /** Asks the person for a file of weights, then loads it. */
  chooseWeightsFile: Call<undefined, void>;
  loadOfferedWeights: Call<undefined, void>;
  useRandomWeights: Call<undefined, void>;
  /** Asks the person where to, then writes the weights in use. */
  saveWeights: Call<undefined, void>;
  /** Ends the engine's process and starts another. */
  restartEngine: Call<undefined, void>;
  /** Asks the person, then installs native TensorFlow. */
  installNative: Call<undefined, void>;
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
  /** The same for the whole document as JSON. */
  exportNetwork: Call<undefined, void>;
  /** The same for code that builds the network, with the weights in use beside it. */
  exportCode: Call<{ readonly framework: CodeFramework }, void>;
  /** The same for what several pictures were taken for: these, in this order. */
  exportResults: Call<{ readonly ids: readonly number[] }, void>;
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
  /** Shows why the network took the picture for what it did, in place of the graph. */
  showExplanation: Call<undefined, void>;
  /** The bytes of a file with this drawing, as it is on the page or would be. */
  draw: Call<{ readonly what: PageDrawing }, Uint8Array>;
}
