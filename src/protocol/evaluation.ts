import type { PublishedWeights } from '../network/modelDocument';

/** An evaluation as the panel shows it: what is evaluated, and how far it is. */
export interface PanelEvaluation {
  /** When, in milliseconds since 1970: tells one evaluation from the next. */
  readonly begun: number;
  /** The folder as a person would say it, relative to the workspace where it can be. */
  readonly folder: string;
  readonly documentId: string;
  /** What the network and its weights are called. */
  readonly network: string;
  readonly weights: string;
  readonly trained: boolean;
  readonly published?: PublishedWeights;
  /** Pictures are prepared as the network's publisher does. */
  readonly preparedAsPublished: boolean;
  readonly status: 'running' | 'done' | 'stopped';
  /** One sentence: why it was stopped, where nobody asked for it. */
  readonly why?: string;
  /** All that are to be evaluated. */
  readonly pictures: number;
  /** Those that are through, the unreadable ones too. */
  readonly done: number;
  readonly unreadable: number;
  /** Pictures per second; left out until it is known. */
  readonly speed?: number;
  readonly secondsLeft?: number;
  /** Names of folders that were left out. */
  readonly leftOut: readonly string[];
  /** Another number wherever a report would say something else. */
  readonly version: number;
}

/** One class of the folder; counts are of pictures. */
export interface EvaluatedClass {
  readonly index: number;
  readonly label: string;
  readonly synset: string;
  /** Those that were evaluated. */
  readonly pictures: number;
  readonly top1: number;
  readonly top5: number;
}

export interface UnreadablePicture {
  readonly name: string;
  /** One sentence. */
  readonly why: string;
}

/** What came out so far; counts are of pictures, those that could not be read are in none. */
export interface EvaluationReport {
  readonly pictures: number;
  readonly top1: number;
  readonly top5: number;
  /** How many classes the network has. */
  readonly allClasses: number;
  /** Right if only the folder's classes could be answered; left out where these are all that there are. */
  readonly among?: number;
  /** The folder's classes, by index. */
  readonly classes: readonly EvaluatedClass[];
  /** Three numbers each: the true class, the class a picture was taken for, and how many were. */
  readonly confusions: Uint32Array;
  /** The names of classes that are no class of the folder and were answered, by index. */
  readonly otherLabels: Readonly<Record<number, string>>;
  /** The first of those that could not be read. */
  readonly unreadable: readonly UnreadablePicture[];
}

/** One picture and what became of it. */
export interface EvaluatedPicture {
  /** Its number in the evaluation. */
  readonly id: number;
  readonly name: string;
  readonly truth: number;
  readonly taken: number;
  readonly takenLabel: string;
  readonly truthLabel: string;
  /** Of the class that it was taken for, and of its true one. */
  readonly probability: number;
  readonly truthProbability: number;
}

/** Some pictures of an evaluation: of a true class, taken for a class or for any besides these; mistakes only where neither is said. */
export interface PicturesQuestion {
  readonly begun: number;
  readonly truth?: number;
  readonly taken?: number;
  readonly besides?: readonly number[];
}

/** The surest first; `all` counts those too that are not listed. */
export interface PicturesAnswer {
  readonly pictures: readonly EvaluatedPicture[];
  readonly all: number;
}
