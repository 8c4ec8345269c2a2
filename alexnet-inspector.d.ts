/** What `vscode.extensions.getExtension('alexnet-inspector.alexnet-inspector')?.activate()` returns. */
import type { CancellationToken, Uri } from 'vscode';

/** The id of a network: 'keras', 'paper', 'bvlc', 'caffenet' and 'torchvision' come with the extension. */
export type VariantId = string;

/** Without the batch: [height, width, channels] or [units], in elements. */
export type Shape = readonly number[];

export interface VariantInfo {
  readonly id: VariantId;
  readonly title: string;
  readonly description: string;
  readonly source: string;
  readonly inputShape: Shape;
  readonly parameters: number;
  readonly macs: number;
  readonly preprocess: Preprocess;
}

export interface LayerSummary {
  readonly name: string;
  /** Keras' class name where it has one, such as 'Conv2D'. */
  readonly kind: string;
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  readonly parameters: number;
  readonly trainableParameters: number;
  /** Multiply-adds for one picture; biases and activations are not counted. */
  readonly macs: number;
  readonly activationBytes: number;
  /** In pixels of the network's input; `start` is the first pixel that cell 0 sees, below 0 in the padding. */
  readonly receptiveField: {
    readonly size: number;
    readonly stride: number;
    readonly start: number;
  };
}

export interface NetworkSummary {
  readonly layers: readonly LayerSummary[];
  readonly totals: {
    readonly parameters: number;
    readonly trainableParameters: number;
    readonly macs: number;
    readonly activationBytes: number;
  };
}

/** From a picture to the network's tensor: fit, then (value * scale - mean) / std per channel of `order`. */
export interface Preprocess {
  readonly fit:
    | { readonly mode: 'crop'; readonly shortSide: number }
    | { readonly mode: 'warp'; readonly size: number }
    | { readonly mode: 'stretch' };
  readonly filter: 'bilinear' | 'bicubic' | 'nearest';
  readonly order: 'RGB' | 'BGR';
  readonly scale: number;
  readonly mean: readonly [number, number, number];
  readonly std: readonly [number, number, number];
}

export interface WeightsInfo {
  /** The variant that the weights are for; it is shown from then on. */
  readonly variant: VariantId;
  /** False while weights are random: labels mean nothing then. */
  readonly trained: boolean;
  readonly name: string;
  /** How many tensors were read or drawn. */
  readonly tensors: number;
  /** What a file left open: tensors that belong to no layer, other variants that it fits; whole sentences. */
  readonly remarks?: readonly string[];
}

export interface ClassifyOptions {
  /** Parts that replace the variant's own preprocessing. */
  readonly preprocess?: Partial<Preprocess>;
  /** How many predictions to return, 5 unless told. */
  readonly topK?: number;
  readonly token?: CancellationToken;
}

export interface Classification {
  readonly runId: number;
  /** The most probable first; `index` is the ImageNet-1k class, from 0. */
  readonly predictions: readonly {
    readonly index: number;
    readonly label: string;
    /** WordNet 3.0's id of the class, such as `n01440764`. */
    readonly synset: string;
    readonly probability: number;
  }[];
  /** Of every class, before the softmax. */
  readonly logits: Float32Array;
  readonly trained: boolean;
  readonly backend: BackendId;
  /** As it was used, complete. */
  readonly preprocess: Preprocess;
  readonly layers: readonly {
    readonly name: string;
    readonly outputShape: Shape;
    readonly milliseconds: number;
  }[];
}

/** Row-major float32 values. */
export interface Tensor {
  readonly shape: Shape;
  readonly data: Float32Array;
}

/** A layer of two runs. Layers are counterparts where they have the same name. */
export interface LayerComparison {
  readonly name: string;
  /** Of the first run's layer and of the second's; left out of the one that has no such layer. */
  readonly a?: Shape;
  readonly b?: Shape;
  /** Left out where the shapes differ. Places where either is NaN or infinite are counted and not compared. */
  readonly difference?: {
    readonly maxAbs: number;
    readonly rmse: number;
    /** The root of the mean square of the first run's values. */
    readonly rms: number;
    /** Left out where one of the two is zero throughout. */
    readonly cosine?: number;
    readonly broken: number;
  };
  /** More than rounding: the shapes differ, or `rmse` is above 1e-4 of `rms`. The first such layer is where two runs part. */
  readonly parts: boolean;
}

/** Each answers which part of the picture spoke for the target. */
export type ExplanationMethod =
  | 'saliency'
  | 'gradientXInput'
  | 'smoothGrad'
  | 'integratedGradients'
  | 'guidedBackprop'
  | 'deconvnet'
  | 'lrp'
  | 'gradCam'
  | 'gradCamPlusPlus'
  | 'hiResCam'
  | 'layerCam'
  | 'eigenCam'
  | 'scoreCam'
  | 'ablationCam'
  | 'occlusion';

/**
 * What is explained: a class's logit, or its lead over another; one value of a layer, after its activation; a channel's
 * mean. Of a layer with a softmax it is what goes into it. A unit of a list is at row 0, column 0.
 */
export type ExplanationTarget =
  | { readonly class: number; readonly minus?: number }
  | {
      readonly layer: string;
      readonly unit: readonly [row: number, column: number, channel: number];
    }
  | { readonly layer: string; readonly channel: number };

/** A picture without the cause: zeros of the network's own input, one colour from 0 to 255, another kept run's picture. */
export type ExplanationBaseline =
  | 'zero'
  | { readonly rgb: readonly [number, number, number] }
  | { readonly runId: number };

/** The settings of all methods, of which each has some. */
export interface ExplanationSettings {
  /** smoothGrad: how many noisy copies, 16 unless told; the noise's deviation as a share of the range of values, 0.15. */
  readonly samples?: number;
  readonly spread?: number;
  readonly seed?: number;
  /** integratedGradients: places on the path, 20 unless told. */
  readonly steps?: number;
  /** integratedGradients: the places, by midpoint unless told. lrp: a composite of rules, epsilonPlus unless told. */
  readonly rule?:
    | 'midpoint'
    | 'gaussLegendre'
    | 'epsilonPlus'
    | 'epsilonPlusFlat'
    | 'epsilonGammaBox';
  /** integratedGradients, occlusion: zero unless told. */
  readonly baseline?: ExplanationBaseline;
  /** gradCam: of the layer's sums instead of what its ReLU makes of them. */
  readonly beforeActivation?: boolean;
  /** occlusion: side of the square window and distance between windows, in pixels of the input; 32 and 16 unless told. */
  readonly window?: number;
  readonly stride?: number;
}

/** Deletion and insertion: the picture's cells, the most important first, become the baseline's, and come back on it. */
export interface FaithfulnessSettings {
  /** The picture is cut into as many rows and columns, 14 unless told. */
  readonly grid?: number;
  /** Cells between two values of a curve, 7 unless told. */
  readonly perStep?: number;
  readonly baseline?: ExplanationBaseline;
}

export interface ExplainOptions {
  readonly method: ExplanationMethod;
  readonly target: ExplanationTarget;
  /** Whose cells the map is of: the last convolution before the target unless told. Only of the methods `...Cam`. */
  readonly layer?: string;
  readonly settings?: ExplanationSettings;
  /** Asks for both curves. */
  readonly faithfulness?: FaithfulnessSettings;
  readonly token?: CancellationToken;
}

/** What is done to a run to see what would have been. */
export interface ChangeOptions {
  /** Channels that are switched off, by the layer's name: their values are 0. Of a dense layer, units. */
  readonly off?: Readonly<Record<string, readonly number[]>>;
  /** Parts of the picture, in whole pixels of the network's input, that take the fill's values. */
  readonly erased?: {
    readonly areas: readonly {
      readonly top: number;
      readonly left: number;
      readonly height: number;
      readonly width: number;
    }[];
    readonly fill: ExplanationBaseline;
  };
  /** How many predictions to return, 5 unless told. */
  readonly topK?: number;
  readonly token?: CancellationToken;
}

/** A run as it would have been. */
export interface ChangedRun {
  /** Kept until the next run is changed; what is asked of a run can be asked of it, but for another change. */
  readonly runId: number;
  /** The most probable first, each with its probability before. */
  readonly predictions: readonly (Classification['predictions'][number] & {
    readonly before: number;
  })[];
  /** Of every class, before the softmax. */
  readonly logits: Float32Array;
  readonly logitsBefore: Float32Array;
  /** The layers that may have other values, in the order they ran. */
  readonly layers: readonly string[];
}

export interface SharesOptions {
  readonly layer: string;
  readonly target: ExplanationTarget;
  readonly token?: CancellationToken;
}

export interface ChannelShares {
  /** By channel, in logits: its part of the sum of Grad-CAM's map, gradient times value of a dense layer's unit. */
  readonly shares: Float32Array;
  /** The target's value on the picture. */
  readonly value: number;
}

/** The target from no cell changed to all of them. */
export interface FaithfulnessCurve {
  readonly values: Float32Array;
  /** The class's probability, where the target is one class. */
  readonly probabilities?: Float32Array;
  /** Under each, over a width of 1. */
  readonly area: number;
  readonly probabilityArea?: number;
}

export interface Explanation {
  /**
   * Signed and raw: [h, w, c] in the network's own input space and order of channels; of methods `...Cam` [h, w] of the
   * layer's cells, before any ReLU, scaling or enlarging; of occlusion [rows, columns] of its windows, positive where the
   * window spoke for the target.
   */
  readonly map: Tensor;
  /** The target's value on the picture. */
  readonly value: number;
  /** Of integratedGradients and occlusion: the target's value on the baseline, and its colour where it has one. */
  readonly baseline?: {
    readonly value: number;
    readonly rgb?: readonly [number, number, number];
  };
  /** Of integratedGradients and lrp: what the map adds up to, and what it would without any error. */
  readonly completeness?: { readonly sum: number; readonly expected: number };
  readonly faithfulness?: {
    readonly deletion: FaithfulnessCurve;
    readonly insertion: FaithfulnessCurve;
  };
  /** That the map took; the curves take longer. */
  readonly milliseconds: number;
  /** Everything that the map follows from, besides the run and its weights. */
  readonly recipe: {
    readonly method: ExplanationMethod;
    readonly target: ExplanationTarget;
    readonly layer?: string;
    readonly settings: ExplanationSettings;
    readonly faithfulness?: Required<FaithfulnessSettings>;
  };
}

export interface SanityOptions {
  readonly target: ExplanationTarget;
  /** gradCam, saliency, gradientXInput, guidedBackprop and deconvnet unless told. */
  readonly methods?: readonly ExplanationMethod[];
  /** Of the methods `...Cam`: the last convolution before the target unless told. */
  readonly layer?: string;
  readonly settings?: { readonly [M in ExplanationMethod]?: ExplanationSettings };
  /** Of the random weights, 2 unless told: `loadWeights` draws those in use from 1. */
  readonly seed?: number;
  readonly token?: CancellationToken;
}

/** Which maps stay while layers become random, from the target's down to the picture: these do not show what was learned. */
export interface SanityCheck {
  readonly seed: number;
  /** Layers that become random together, one group after the other; those before stay random. */
  readonly stages: readonly (readonly string[])[];
  readonly rows: readonly (
    | {
        readonly method: ExplanationMethod;
        readonly recipe: Explanation['recipe'];
        /** Before any layer was random. Small: of methods of pixels, the strongest value of each square of them. */
        readonly map: Tensor;
        /** One for each stage; the correlations are left out where one of the maps is the same throughout. */
        readonly steps: readonly {
          readonly map: Tensor;
          /** Spearman's rank correlation with the unchanged map over its cells or pixels (channels summed), -1 to 1. */
          readonly values?: number;
          /** The same of magnitudes: whether the same places stand out, for or against the target. */
          readonly magnitudes?: number;
        }[];
      }
    /** A method that cannot be asked, and why. */
    | { readonly method: ExplanationMethod; readonly why: string }
  )[];
}

/** How a picture is made by gradient ascent. What is not given is as the panel has it. */
export interface ImagineSettings {
  /** Of the noise that it begins with and of where it is shifted; 1 unless told. */
  readonly seed?: number;
  /** In all, 128 unless told. */
  readonly steps?: number;
  /** A step's change where the target looks, its root mean square, in levels of 0 to 255; 8 unless told. */
  readonly stepSize?: number;
  /** Deviation of the Gaussian blur in pixels of the input, 0.8 unless told, and the steps between two, 4. */
  readonly blur?: number;
  readonly blurEvery?: number;
  /** Before each step the picture is shifted by up to as many pixels each way, 8 unless told. */
  readonly jitter?: number;
  /** The share of its distance from mid-grey that each value loses in a step, 0.0001 unless told. */
  readonly decay?: number;
}

export interface ImagineOptions {
  /** A class, a unit or a channel of the shown variant. */
  readonly target: ExplanationTarget;
  readonly settings?: ImagineSettings;
  /** An earlier picture to go on with, which ends as if it had not been interrupted. */
  readonly from?: Pick<Imagined, 'pixels' | 'step' | 'start' | 'milliseconds'>;
  /** Hears of the picture so far, several times a second: what stays when it is cancelled. */
  readonly onProgress?: (soFar: Imagined) => void;
  readonly token?: CancellationToken;
}

/** A picture made for a target. */
export interface Imagined {
  /** Row-major 8-bit RGB. */
  readonly picture: { readonly width: number; readonly height: number; readonly rgb: Uint8Array };
  /** The same before it was rounded: [height, width, 3], red first, from 0 to 255. */
  readonly pixels: Float32Array;
  /** Steps that it has taken. */
  readonly step: number;
  /** The target's value on the noise that it began with and on the picture, before its layer's ReLU or softmax. */
  readonly start: number;
  readonly value: number;
  readonly milliseconds: number;
  /** Everything that it follows from, besides the variant and its weights. */
  readonly recipe: {
    readonly target: ExplanationTarget;
    readonly settings: Required<ImagineSettings>;
    readonly preprocess: Preprocess;
  };
}

export interface PatchesOptions {
  readonly layer: string;
  /** How many pictures are kept for each channel: 9 unless told, at most 100. */
  readonly perChannel?: number;
  readonly onProgress?: (done: number, pictures: number) => void;
  readonly token?: CancellationToken;
}

/** Where a channel answers most in one picture; of a list of units row and column are 0. */
export interface Patch {
  readonly uri: Uri;
  /** The channel's there: before a softmax, after any other activation. */
  readonly value: number;
  readonly row: number;
  readonly column: number;
  /** The pixels of the network's input that this cell sees, both ends included; left out where these are padding alone. */
  readonly sees?: {
    readonly rows: { readonly first: number; readonly last: number };
    readonly columns: { readonly first: number; readonly last: number };
  };
}

/** What the channels of a layer answer most to, among the pictures that were gone through. */
export interface Patches {
  readonly layer: string;
  /** How many pictures could be read. */
  readonly pictures: number;
  /** For each channel the strongest first, at most one of each picture. */
  readonly channels: readonly (readonly Patch[])[];
  readonly unreadable: readonly { readonly uri: Uri; readonly why: string }[];
}

/** How well the shown variant and its weights do on a labelled folder. Counts are of pictures. */
export interface Evaluation {
  /** Those that were evaluated. */
  readonly pictures: number;
  /** From 0 to 1, over all classes of the network. */
  readonly top1: number;
  readonly top5: number;
  /** The classes that the folder holds, by index. */
  readonly classes: readonly {
    readonly index: number;
    readonly label: string;
    readonly synset: string;
    readonly pictures: number;
    /** How many were taken for their class, and how many had it among the first five. */
    readonly top1: number;
    readonly top5: number;
  }[];
  /** Pictures that could not be read: they are in none of the counts. */
  readonly unreadable: readonly { readonly uri: Uri; readonly why: string }[];
}

export interface EvaluateOptions {
  readonly token?: CancellationToken;
}

/** What is not given is chosen by the extension, as its page of a training has it. */
export interface TrainSettings {
  /** From the weights in use, or from random ones. */
  readonly start?: 'loaded' | 'fresh';
  /** Which layers learn: all, the last one, or one and all after it. */
  readonly learning?: 'all' | 'classifier' | { readonly from: string };
  readonly epochs?: number;
  /** Pictures in a step. */
  readonly batch?: number;
  /** The largest learning rate, of one cycle of SGD. */
  readonly rate?: number;
  /** Share of the pictures that is not learned from, from 0 to 0.5. */
  readonly heldOut?: number;
  readonly seed?: number;
}

export interface TrainOptions {
  readonly settings?: TrainSettings;
  /** Stops the training; what it learned until then stays. */
  readonly token?: CancellationToken;
}

/** What became of a training. */
export interface Training {
  /** A variant with the folder's classes, which begins with what was learned. */
  readonly variant: VariantId;
  readonly classes: readonly string[];
  /** Accuracies from 0 to 1; those of training are running means. */
  readonly epochs: readonly {
    readonly loss: number;
    readonly accuracy: number;
    readonly heldOut?: { readonly loss: number; readonly accuracy: number };
  }[];
}

export type BackendId = 'tensorflow' | 'wasm' | 'cpu';

export interface EngineInfo {
  readonly backend: BackendId;
  readonly threads: number;
  readonly version: string;
  /** The better backends that do not run here, and why; `threads` where only the same backend on several of them does not. */
  readonly refused: readonly {
    readonly backend: BackendId;
    readonly threads?: number;
    readonly why: string;
  }[];
}

/** A model that was read from a file. */
export interface OpenedModel {
  readonly variant: VariantId;
  /** Whole sentences: why it cannot run as it is, where the file contradicts itself, what was assumed. */
  readonly remarks: readonly string[];
  /** Layers without a known output, in their order, and why. */
  readonly faults: readonly { readonly layer: string; readonly why: string }[];
}

export interface AlexNetInspectorApi {
  readonly version: 1;
  variants(): VariantInfo[];
  /** Of the shown variant unless told. */
  summary(variant?: VariantId): NetworkSummary;
  useVariant(id: VariantId): Promise<void>;
  /**
   * Reads a whole model of Keras (`.keras`, `.h5`), ONNX or TensorFlow.js (`model.json`), which is a variant from then on
   * and begins with its own weights; nothing in the file is run. Rejects with a sentence where the file holds none.
   */
  openModel(file: Uri, token?: CancellationToken): Promise<OpenedModel>;
  /**
   * Loads a file of weights, or draws random weights (seed 1) for the shown variant. What is loaded stays if this fails.
   * Nobody is asked what a file leaves open: what a person said of it before counts, else the usual, which `remarks` name.
   * A file of other classes brings a variant of its own.
   */
  loadWeights(source: Uri | 'random', token?: CancellationToken): Promise<WeightsInfo>;
  /** Rejects with CancellationError when cancelled, else with an Error of one sentence. */
  classify(image: Uri, options?: ClassifyOptions): Promise<Classification>;
  /** Exactly what the network saw: [h, w, 3]. The last 4 runs are kept. */
  input(runId: number): Promise<Tensor>;
  /** A layer's values after its own activation: [h, w, c] or [n]. The last 4 runs are kept. */
  activation(runId: number, layer: string): Promise<Tensor>;
  /** How far two runs are apart, layer by layer, the input first; of two variants too. The last 4 runs are kept. */
  compare(runId: number, other: number): Promise<LayerComparison[]>;
  /**
   * Which parts of a run's picture made it so; the weights that made the run must still be in use. The last 4 runs are
   * kept. Rejects with a sentence for a request that cannot be met, with CancellationError when cancelled.
   */
  explain(runId: number, options: ExplainOptions): Promise<Explanation>;
  /**
   * Asks methods again while the network's layers become random, one after the other, and compares their maps (Adebayo et
   * al. 2018). The weights in use stay as they are. With random weights in use it says nothing. Rejects as `explain` does.
   */
  sanityCheck(runId: number, options: SanityOptions): Promise<SanityCheck>;
  /**
   * Makes a picture that a class, a unit or a channel of the shown variant answers much to, with the weights in use; no
   * picture has to have run. Equal settings make equal pictures. Rejects with a sentence for a request that cannot be met,
   * with CancellationError when cancelled.
   */
  imagine(options: ImagineOptions): Promise<Imagined>;
  /**
   * Goes through pictures, or those in a folder and the folders in it, once for all channels of a layer of the shown
   * variant. Rejects with a sentence where there is no such layer or no picture, with CancellationError when cancelled.
   */
  patches(pictures: Uri | readonly Uri[], options: PatchesOptions): Promise<Patches>;
  /**
   * A run as it would have been with channels off or parts of its picture erased; the panel shows it where the run is on
   * screen. The weights that made the run must still be in use. Rejects with a sentence for what cannot be changed.
   */
  change(runId: number, options: ChangeOptions): Promise<ChangedRun>;
  /** What each channel of a layer adds to a target of a run, signed. The last 4 runs are kept. */
  channelShares(runId: number, options: SharesOptions): Promise<ChannelShares>;
  /**
   * Evaluates the shown variant with its weights and preprocessing on a folder that has a folder of pictures for each
   * class, named by WordNet id, label or class index; in `val` where it has `train` and `val`. Rejects with a sentence
   * where a name is none of these, with CancellationError when cancelled.
   */
  evaluate(folder: Uri, options?: EvaluateOptions): Promise<Evaluation>;
  /**
   * Trains the shown variant on a folder that has a folder of pictures for each class, or `train` and `val` with them,
   * in a process of its own. Rejects with a sentence where that fails or another training is under way, with
   * CancellationError when cancelled.
   */
  train(folder: Uri, options?: TrainOptions): Promise<Training>;
  /** Starts the engine if it does not run. */
  engine(): Promise<EngineInfo>;
  showArchitecture(): Promise<void>;
}
