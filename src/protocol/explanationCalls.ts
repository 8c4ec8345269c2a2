import type { Size } from '../network/preprocess/fitSizes';
import type { Preprocess } from '../network/preprocess/preprocess';
import type { Area } from '../network/tensor/span';
import type { RgbPicture } from './runMaps';
import type { LayerShares, SharesRequest } from './changedRun';
import type {
  Explanation,
  ExplanationMap,
  ExplanationParams,
  ExplanationProgress,
  ExplanationTarget,
  LayerCams,
} from './explanation';
import type { SanityCheck, SanityParams, SanityProgress } from './sanityCheck';
import type { Imagined, ImagineParams, ImagineProgress, ImagineRequest } from './imagining';
import type { Patch, PatchesAnswer, StrongestCells } from './likes';

interface Call<Params, Result, Report = never> {
  readonly params: Params;
  readonly result: Result;
  readonly progress: Report;
}

interface LayerCamsParams {
  readonly runId: number;
  readonly target: ExplanationTarget;
}

/** What the host asks of the engine about why; the model that made the run must still be loaded. */
export interface EngineExplanations {
  /** Which parts of a kept run's picture made it so. */
  explain: Call<ExplanationParams, Explanation, ExplanationProgress>;
  /** Grad-CAM of a kept run at every layer on the way to the target. */
  layerCams: Call<LayerCamsParams, LayerCams, ExplanationProgress>;
  /** Which methods' maps of a kept run do not depend on what the network learned. */
  sanityCheck: Call<SanityParams, SanityCheck, SanityProgress>;
  /** What each channel of a layer adds to a target of a kept run. */
  channelShares: Call<SharesRequest & { readonly runId: number }, LayerShares>;
}

/** What the host asks of the engine about what units like, with whatever weights are loaded. */
export interface EngineLikes {
  /** Makes a picture for a class, a unit or a channel, beginning with noise. */
  imagine: Call<ImagineParams, Imagined, ImagineProgress>;
  /** Where in each picture of a prepared batch the channels of a layer answer most, in their order. Nothing is kept. */
  strongestCells: Call<
    { readonly batch: number; readonly layer: string },
    readonly StrongestCells[]
  >;
  /** A part of what a network sees of a picture; `size` of its input and `area` in its pixels. */
  seenPart: Call<
    {
      readonly bytes: Uint8Array;
      readonly preprocess: Preprocess;
      readonly size: Size;
      readonly area: Area;
    },
    RgbPicture
  >;
}

/** What the panel asks of the host about why. */
export interface PanelExplanations {
  /** Which parts of the picture of a run that is kept spoke for a class or a unit; ends when it is not wanted any more. */
  explain: Call<ExplanationParams, Explanation, ExplanationProgress>;
  /** Grad-CAM of the same run at every layer on the way to the target, to draw on the graph. */
  layerCams: Call<LayerCamsParams, LayerCams>;
  /** Which methods' maps stay while the network's layers become random; ends like it, and each stage is told. */
  sanityCheck: Call<SanityParams, SanityCheck, SanityProgress>;
  /** What each channel of a layer adds to a target of a run that is kept. */
  channelShares: Call<SharesRequest & { readonly runId: number }, LayerShares>;
  /** Asks the person where to, then writes an explanation's map and, as plain JSON, all that it follows from. */
  exportExplanation: Call<
    {
      readonly suggestedName: string;
      readonly map: ExplanationMap;
      readonly about: Readonly<Record<string, unknown>>;
    },
    void
  >;
}

/** What the panel asks of the host about what units like. */
export interface PanelLikes {
  /** Makes a picture with the weights of a document, prepared as its pictures are; ends when it is not wanted any more. */
  imagine: Call<ImagineRequest & { readonly documentId: string }, Imagined, ImagineProgress>;
  /**
   * Goes through the pictures on screen or in a folder, which the person is asked for, for what the channels of a layer of
   * the shown document answer most to.
   */
  findPatches: Call<{ readonly layer: string; readonly of: 'pictures' | 'folder' }, void>;
  /** Ends that; what was found stays. */
  stopPatches: Call<undefined, void>;
  /** What was found for a channel so far. */
  patches: Call<{ readonly begun: number; readonly channel: number }, PatchesAnswer>;
  /** What a cell sees of a picture that was gone through. */
  patchPicture: Call<
    { readonly begun: number; readonly channel: number } & Pick<
      Patch,
      'picture' | 'row' | 'column'
    >,
    RgbPicture
  >;
  /** Classifies a picture that was gone through. */
  showPatch: Call<{ readonly begun: number; readonly picture: number }, void>;
}
