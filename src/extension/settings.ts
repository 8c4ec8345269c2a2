import { workspace } from 'vscode';
import { defaultDocumentId, library } from '../library/alexNets';
import type { BackendId } from '../protocol/engineProtocol';
import { backendIds } from '../protocol/engineProtocol';
import { log } from './say/log';

/** Settings as they were checked: what makes no sense falls back to the default, and the log says so. */
export interface Settings {
  readonly documentId: string;
  readonly backend: BackendId | 'auto';
  /** An addon or a folder that holds one; '' for the usual places. */
  readonly libraryPath: string;
  readonly idleMilliseconds: number;
}

const defaultIdleMinutes = 5;
const millisecondsPerMinute = 60_000;

export function readSettings(): Settings {
  const settings = workspace.getConfiguration('alexnet');
  return {
    documentId: checked('alexnet.variant', settings.get('variant'), isLibraryId, defaultDocumentId),
    backend: checked('alexnet.engine.backend', settings.get('engine.backend'), isBackend, 'auto'),
    libraryPath: checked(
      'alexnet.engine.libraryPath',
      settings.get('engine.libraryPath'),
      (value) => typeof value === 'string',
      '',
    ).trim(),
    idleMilliseconds:
      checked(
        'alexnet.engine.idleMinutes',
        settings.get('engine.idleMinutes'),
        isMinutes,
        defaultIdleMinutes,
      ) * millisecondsPerMinute,
  };
}

function checked<T>(
  name: string,
  value: unknown,
  fits: (value: unknown) => value is T,
  fallback: T,
): T {
  if (fits(value)) return value;
  log.warn(`the setting ${name} is ${JSON.stringify(value)}; ${String(fallback)} is used instead`);
  return fallback;
}

function isLibraryId(value: unknown): value is string {
  return library.some(({ id }) => id === value);
}

function isBackend(value: unknown): value is BackendId | 'auto' {
  return value === 'auto' || backendIds.some((id) => id === value);
}

function isMinutes(value: unknown): value is number {
  return typeof value === 'number' && value >= 0.05 && value <= 1440;
}
