import type { EngineSettings } from '../../src/host/engine/engineClient';

/** For a client of the engine that a test makes itself. */
export const engineSettings: EngineSettings = {
  backend: 'auto',
  idleMilliseconds: 60_000,
};
