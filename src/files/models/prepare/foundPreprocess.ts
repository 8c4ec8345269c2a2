import type { Preprocess } from '../../../network/preprocess/preprocess';

/** How a model's pictures are prepared, and where that was taken from. */
export interface FoundPreprocess {
  readonly preprocess: Preprocess;
  /** In words, such as `preprocessor_config.json beside it` or `from the file: rescaling takes pixels from 0 to 255`. */
  readonly source: string;
}
