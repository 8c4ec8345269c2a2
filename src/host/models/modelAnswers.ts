import type { PreprocessParts } from '../../network/preprocess/changedParts';
import type { PictureSize } from '../../protocol/modelCalls';
import { FileMemory, type Memory } from '../fileMemory';
import type { FileRef } from '../fileRef';
import { readChosenLabels, type ChosenLabels } from './chosenLabels';

/** What a person said of a model's file, in place of what it says itself. */
export interface ModelAnswer {
  readonly labels?: ChosenLabels;
  /** The parts of the preprocessing that differ from the file's own; unchecked where they were kept. */
  readonly preprocess?: PreprocessParts;
  /** Of its pictures, where the file leaves it open. */
  readonly size?: PictureSize;
}

export type ModelAnswers = Pick<FileMemory<ModelAnswer>, 'of' | 'keep' | 'forget'>;

/** What a person said of models, by their files; kept for a workspace. */
export function modelAnswers(
  memory: Memory,
  stampOf: (file: FileRef) => Promise<string | undefined>,
): ModelAnswers {
  return new FileMemory({ memory, stampOf, key: 'alexnet.modelAnswers', read: readAnswer });
}

function readAnswer(value: Readonly<Record<string, unknown>>): ModelAnswer {
  const labels = readChosenLabels(value['labels']);
  const size = readSize(value['size']);
  const { preprocess } = value;
  const isRecord = typeof preprocess === 'object' && preprocess !== null;
  return {
    ...(labels && { labels }),
    ...(isRecord && { preprocess }),
    ...(size && { size }),
  };
}

const largestSide = 4096;

/** Whether it can be a side of a picture, in pixels. */
function isSide(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= largestSide;
}

function readSize(value: unknown): PictureSize | undefined {
  const sides: readonly unknown[] = Array.isArray(value) ? value : [];
  const [height, width] = sides;
  return isSide(height) && isSide(width) ? [height, width] : undefined;
}

/** Reads `224`, `224 × 320` or `224, 320` as height and width in pixels; throws in a sentence. */
export function readPictureSize(text: string): PictureSize {
  const parts = text
    .trim()
    .split(/\s*[x×,;*\s]\s*/i)
    .map((part) => (part === '' ? NaN : Number(part)));
  const [height, width = height] = parts;
  if (parts.length <= 2 && isSide(height) && isSide(width)) return [height, width];
  throw new Error(
    `“${text}” is no size: give height and width in whole pixels from 1 to 4096, such as 224 × 224`,
  );
}
