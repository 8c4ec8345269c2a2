import type { Preprocess } from '../network/preprocess/preprocess';
import type { MapShape, Shape } from '../network/tensor/shape';
import type { Cell } from '../network/tensor/cell';
import type { Operands } from '../network/layers/operands';
import type { ClassLabels, ModelDocument } from '../network/modelDocument';
import type { RunChanges } from './changedRun';
import type { LayerComparison } from './comparison';
import type { EngineExplanations, EngineLikes } from './explanationCalls';
import type { EngineModels, FilePlace } from './modelCalls';
import type { LayerRun, RgbPicture, RunMaps } from './runMaps';
import type { StoredTensor } from './storedTensor';
import type { Filters, FilterRange, WeightSummary } from './weightSummary';

/** From the fastest to the slowest. */
export const backendIds = ['tensorflow', 'wasm', 'cpu'] as const;
export type BackendId = (typeof backendIds)[number];

/** Which backend runs, and why no better one does. */
export interface EngineInfo {
  readonly backend: BackendId;
  readonly threads: number;
  /** Of the library underneath, such as TensorFlow's. */
  readonly version: string;
  readonly refused: readonly Refusal[];
}

/** A backend that is about to be tried; `threads` only where it is the same backend on several of them. */
export interface Attempt {
  readonly backend: BackendId;
  readonly threads?: number;
}

export interface Refusal extends Attempt {
  readonly why: string;
}

/** Where weights come from. Bytes stand for a file that has no path on this machine. */
export type WeightsSource =
  | { readonly kind: 'random'; readonly seed: number }
  | { readonly kind: 'file'; readonly name: string; readonly path: string }
  /** The file that the document was read from, or one of the same model: every weight by its exact name. */
  | { readonly kind: 'model'; readonly name: string; readonly at: FilePlace }
  /** A file that comes with the extension. */
  | { readonly kind: 'packed'; readonly name: string; readonly path: string }
  | { readonly kind: 'bytes'; readonly name: string; readonly bytes: Uint8Array };

export interface WeightsInfo {
  readonly documentId: string;
  /** False as long as the weights are random: labels mean nothing then. */
  readonly trained: boolean;
  /** Such as 'random, seed 1' or the file's name. */
  readonly name: string;
  readonly tensors: number;
  /** What a person should know of a file: what was left out, what it fits as well; whole sentences. */
  readonly remarks?: readonly string[];
}

/** Formats that weights are saved in. */
export const saveFormats = ['safetensors', 'npz', 'tfjs'] as const;
export type SaveFormat = (typeof saveFormats)[number];

export interface SaveParams {
  /** The file to be written; for tfjs the model.json, whose shards lie beside it. */
  readonly path: string;
  /** A folder that is not there yet, beside the file: what is written takes shape in it. */
  readonly part: string;
  readonly format: SaveFormat;
  /** What the file holds where code will load it; else all weights under the format's usual names. */
  readonly tensors?: readonly StoredTensor[];
}

export interface SavedWeights {
  readonly documentId: string;
  readonly tensors: number;
}

/** Row-major float32 values; shape [h, w, c] or [n]. */
export interface Tensor {
  readonly shape: Shape;
  readonly data: Float32Array;
}

export interface EngineRun extends RunMaps {
  readonly logits: Float32Array;
  /** The preview, made small enough for a list of pictures. */
  readonly thumbnail: RgbPicture;
}

export interface Progress {
  readonly what: string;
  /** From 0 to 1. */
  readonly fraction: number;
}

/** What the engine holds, for tests that count. */
export interface EngineUsage {
  readonly tensors: number;
  readonly tensorBytes: number;
  readonly runs: number;
  /** Bytes of JavaScript's typed arrays. */
  readonly arrayBytes: number;
  /** The most memory that the process has had at once, in bytes. */
  readonly peakBytes: number;
}

interface Call<Params, Result, Report = Progress> {
  readonly params: Params;
  readonly result: Result;
  readonly progress: Report;
}

export interface StartParams {
  readonly backend: BackendId | 'auto';
  /** tfjs-node's addon, where one is installed. */
  readonly addonPath: string | undefined;
  /** Backends already known to fail, such as an addon that crashed an earlier process. */
  readonly refused: EngineInfo['refused'];
  /** For WebAssembly; as many as the machine runs at once where it is left out. */
  readonly threads?: number;
}

export interface LoadWeightsParams {
  readonly documentId: string;
  readonly source: WeightsSource;
  /** The caller's number for these values: equal numbers stand for equal values. */
  readonly weightsId?: number;
  /** What was chosen of all that a file can be read as. */
  readonly chosen?: ChosenReading;
}

export interface ExamineParams {
  /** The document that is preferred. */
  readonly documentId: string;
  readonly source: Extract<WeightsSource, { kind: 'file' | 'bytes' }>;
}

/** What was chosen where a file of weights leaves it open. */
export interface ChosenReading {
  /** The key of the set that is read, of a file with several. */
  readonly set?: string;
  /** It is for this document and no other that it fits as well. */
  readonly isForDocument?: boolean;
}

/** A document that weights can be read for: as it is, or with a last layer of so many classes. */
export interface ReadableAs {
  readonly documentId: string;
  readonly classes?: {
    readonly count: number;
    /** Where a file beside the weights names them. */
    readonly labels?: ClassLabels;
    /** Why none does, where one should. */
    readonly remark?: string;
  };
}

/** What a file of weights leaves open. */
export interface OpenQuestions {
  /** Complete sets by their keys; the first of what each is readable as counts where nobody says which. */
  readonly sets: readonly { readonly key: string; readonly fits: readonly ReadableAs[] }[];
  /** The key of the set that is read where nobody says which; undefined where any would be a guess. */
  readonly usual?: string;
}

export interface ClassifyParams {
  /** The caller's number for this run: ids stay unique when the engine's process is replaced. */
  readonly runId: number;
  readonly bytes: Uint8Array;
  readonly preprocess: Preprocess;
  /** Only the result is wanted: the run is not kept, and no other is let go for it. */
  readonly passing?: boolean;
}

/** Files of pictures that are to go through the network together. */
export interface PrepareParams {
  /** The caller's number for them. */
  readonly batch: number;
  readonly pictures: readonly Uint8Array[];
  readonly preprocess: Preprocess;
  /** Of the network's input. */
  readonly shape: MapShape;
}

/** How many runs the engine keeps; each is a few megabytes. */
export const keptRuns = 4;

/** One value of a run. */
export interface ExplainParams extends Cell {
  readonly runId: number;
  readonly layer: string;
}

/** How one value came about. */
export interface ValueExplanation {
  /** The layers whose values went in. */
  readonly sources: readonly string[];
  readonly operands: Operands;
  /** What came out: one value. */
  readonly value: Float32Array;
}

export interface ChangeRunParams {
  /** The caller's number for the changed run. */
  readonly runId: number;
  /** The kept run that is changed; none that is a changed one itself. */
  readonly from: number;
  readonly changes: RunChanges;
}

/** A run as it would have been. */
export interface ChangedRun extends Pick<EngineRun, 'logits'> {
  /** The same of the run that was changed. */
  readonly logitsBefore: Float32Array;
  /** The layers whose values may be others, in the order they ran. */
  readonly layers: readonly LayerRun[];
  /** What the network saw, where a part of that is erased. */
  readonly picture?: Pick<RunMaps, 'seen' | 'channels'>;
  /** That it took to compute what lies behind the changes. */
  readonly milliseconds: number;
}

/** What the host asks of the engine. */
export interface EngineMethods extends EngineExplanations, EngineLikes, EngineModels {
  start: Call<StartParams, EngineInfo, Attempt>;
  /** Makes a document known; it is named by its id from then on. Sent once to each process. */
  openDocument: Call<{ readonly document: ModelDocument }, void>;
  /** Says what a file can be read as, and throws where that is nothing. */
  examineWeights: Call<ExamineParams, OpenQuestions>;
  loadWeights: Call<LoadWeightsParams, WeightsInfo>;
  /** Writes the weights in use; leaves no part of a file behind. */
  saveWeights: Call<SaveParams, SavedWeights>;
  /** Makes the next classification as fast as those that follow it. */
  warmUp: Call<undefined, void>;
  classify: Call<ClassifyParams, EngineRun>;
  /** Decodes and prepares pictures, beside whatever else runs; gives a sentence for each that cannot be read, else null. */
  prepare: Call<PrepareParams, readonly (string | null)[]>;
  /** What those of a prepared batch that could be read are taken for: logits, in their order. Nothing is kept. */
  classifyPrepared: Call<{ readonly batch: number }, readonly Float32Array[]>;
  /** A picture, small enough for a list of pictures. */
  thumbnail: Call<{ readonly bytes: Uint8Array }, RgbPicture>;
  input: Call<{ readonly runId: number }, Tensor>;
  activation: Call<{ readonly runId: number; readonly layer: string }, Tensor>;
  /** Statistics and histograms of a layer's weights, as they are loaded. */
  weightSummary: Call<{ readonly layer: string }, WeightSummary>;
  /** Some filters of a convolution, to draw. */
  filters: Call<FilterRange & { readonly layer: string }, Filters>;
  /** Holds on to a run however many follow it; `runId` left out: to none any more. */
  keep: Call<{ readonly runId?: number }, void>;
  /** Two runs, layer by layer; the input comes first. */
  compare: Call<{ readonly a: number; readonly b: number }, readonly LayerComparison[]>;
  /** What one value of a kept run was made of. */
  explainValue: Call<ExplainParams, ValueExplanation>;
  /**
   * A kept run as it would have been with channels off or parts of its picture erased; it is kept too until the next one.
   * The model that made the run must still be loaded.
   */
  changeRun: Call<ChangeRunParams, ChangedRun>;
  usage: Call<undefined, EngineUsage>;
}

/** What the engine tells the host unasked. */
export interface EngineNews {
  /** Every run that it holds, after one came or went. */
  runsHeld: Call<{ readonly runs: readonly number[] }, void, never>;
}
