import type { Preprocess } from '../network/preprocess';
import type { VariantId } from '../network/variants/variant';
import type { EngineInfo, LayerRun, RgbPicture, Tensor, WeightsInfo } from './engineProtocol';

export interface Prediction {
  /** ImageNet-1k class index, from 0. */
  readonly index: number;
  readonly label: string;
  readonly probability: number;
}

/** The engine's process as the panel shows it. */
export type EngineState =
  | { readonly status: 'stopped' }
  | { readonly status: 'starting' }
  | { readonly status: 'ready'; readonly info: EngineInfo }
  | { readonly status: 'failed'; readonly why: string };

/** A classified picture, ready to draw. */
export interface RunView {
  readonly runId: number;
  /** The picture's path as a person would say it, relative to the workspace where it can be. */
  readonly name: string;
  readonly variant: VariantId;
  readonly width: number;
  readonly height: number;
  readonly preview: RgbPicture;
  readonly seen: RgbPicture;
  readonly preprocess: Preprocess;
  /** The top 5, the most probable first. */
  readonly predictions: readonly Prediction[];
  readonly trained: boolean;
  readonly backend: EngineInfo['backend'];
  readonly milliseconds: {
    readonly decode: number;
    readonly preprocess: number;
    readonly forward: number;
  };
  readonly layers: readonly LayerRun[];
}

/** Work in progress; fraction from 0 to 1, undefined while unknown. */
export interface Work {
  readonly what: string;
  readonly fraction: number | undefined;
  readonly cancellable: boolean;
}

/** Everything the panel draws. The host owns it and sends it whole, or the parts that changed. */
export interface PanelState {
  readonly variant: VariantId;
  readonly weights: WeightsInfo;
  readonly engine: EngineState;
  readonly run: RunView | undefined;
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

/** What the panel asks of the host. */
export interface HostMethods {
  /** The page has loaded; answers with what to show. */
  ready: Call<undefined, PanelState>;
  selectVariant: Call<{ readonly variant: VariantId }, void>;
  /** Asks the person for a picture, then classifies it. */
  chooseImage: Call<undefined, void>;
  /** Asks the person for a file of weights, then loads it. */
  chooseWeights: Call<undefined, void>;
  useRandomWeights: Call<undefined, void>;
  cancelWork: Call<undefined, void>;
  dismissProblem: Call<undefined, void>;
  showLog: Call<undefined, void>;
  /** A layer's whole output in a run that is kept. */
  activation: Call<{ readonly runId: number; readonly layer: string }, Tensor>;
  /** The names of the classes, by index. */
  labels: Call<undefined, readonly string[]>;
  copyText: Call<{ readonly text: string }, void>;
  /** Something in the page threw: for the log. */
  reportError: Call<{ readonly message: string }, void>;
}

/** What the host asks of the panel. */
export interface PanelMethods {
  /** Parts that changed; a part that is present replaces the old one, and null clears it. */
  update: Call<{ readonly change: PanelChange }, void>;
}
