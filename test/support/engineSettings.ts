import type { Settings } from '../../src/extension/settings';

/** For a client of the engine that a test makes itself. */
export const engineSettings: Settings = {
  variant: 'keras',
  backend: 'auto',
  idleMilliseconds: 60_000,
  libraryPath: '',
};
