import type { ErasedArea, Erased, RunChanges } from './changedRun';
import type { LayerRun, RunMaps } from './runMaps';
import type { Prediction } from './prediction';

/** A class and what it was before the changes. */
export type ChangedPrediction = Prediction & { readonly before: number };

/** The run on screen as it would have been, ready to draw: what differs from it. */
export interface ChangedRunView {
  readonly runId: number;
  /** The run that is changed. */
  readonly of: number;
  readonly changes: RunChanges;
  readonly wish: number;
  /** The top 5 now, the most probable first. */
  readonly predictions: readonly ChangedPrediction[];
  /** Those of the top 5 before that are not any more. */
  readonly left: readonly ChangedPrediction[];
  /** Of the layers whose values may be others. */
  readonly layers: readonly LayerRun[];
  /** Where a part of it is erased. */
  readonly picture?: Pick<RunMaps, 'seen' | 'channels'>;
  readonly milliseconds: number;
}

/** What a person changes of the run on screen; small, so that it is sent at once. */
export interface PanelWhatIf {
  /** The run that is changed. */
  readonly of: number;
  /** All that is wanted: the changed run is of these, or of those before until it is there. */
  readonly changes: RunChanges;
  /** How many steps can be taken back. */
  readonly steps: number;
  /** The changed run is of the same number once it is there. */
  readonly wish: number;
}

interface Call<Params, Result> {
  readonly params: Params;
  readonly result: Result;
  readonly progress: never;
}

/** What the panel asks of the host about the run on screen; about another it does nothing. */
export interface PanelChanges {
  /** Switches channels of a layer off, or on again. */
  switchChannels: Call<
    {
      readonly of: number;
      readonly layer: string;
      readonly channels: readonly number[];
      readonly off: boolean;
    },
    void
  >;
  /** Erases more of the picture; all that is erased takes the fill. Areas of the same stroke are taken back as one. */
  erase: Call<
    {
      readonly of: number;
      readonly stroke: number;
      readonly areas: readonly ErasedArea[];
      readonly fill: Erased['fill'];
    },
    void
  >;
  /** Takes the last step back. */
  undoChange: Call<undefined, void>;
  /** Shows the run as it was. */
  resetChanges: Call<undefined, void>;
}
