import { existsSync } from 'node:fs';
import type { ModelDocument } from '../network/modelDocument';
import type { PanelState } from '../protocol/panelProtocol';
import { nativePlaces } from './native/nativePlaces';
import { whyNone } from './native/nativePackage';

/** What a person does in the walkthrough, besides looking at the network. */
export type Milestone = 'picture' | 'weights' | 'number';

/**
 * What package.json asks before it offers a command or ticks off a step of the walkthrough, by the names it uses. Until
 * the extension runs in a window no key is set: those of what lasts from one window to the next say more than yes and no,
 * so that an unset one hides nothing.
 */
export interface CommandKeys {
  /** A picture was classified and is shown. */
  readonly 'alexnet.hasRun': boolean;
  /** There are several pictures to step through. */
  readonly 'alexnet.hasStrip': boolean;
  readonly 'alexnet.isComparing': boolean;
  readonly 'alexnet.isEvaluating': boolean;
  /** There is an evaluation, under way or over. */
  readonly 'alexnet.hasEvaluation': boolean;
  /** There is a process to stop, or one that failed. */
  readonly 'alexnet.hasEngine': boolean;
  readonly 'alexnet.weights': 'random' | 'trained';
  /** Published weights on this machine, complete or not. */
  readonly 'alexnet.downloads': 'none' | 'some';
  /** Networks that were trained on this machine. */
  readonly 'alexnet.trained': 'none' | 'some';
  /** A person may say what the classes of the shown network are called, and how large its pictures are. */
  readonly 'alexnet.hasOwnLabels': boolean;
  readonly 'alexnet.hasOpenSize': boolean;
  /** A step of the walkthrough that a person has just taken, for a moment only. */
  readonly 'alexnet.step': 'none' | Milestone;
  /** Native TensorFlow, as far as the extension installs it. */
  readonly 'alexnet.native': 'installed' | 'unfinished' | 'installable' | 'unavailable';
}

/** The keys that follow from parts of the state. */
export function stateKeys(change: Partial<PanelState>): Partial<CommandKeys> {
  const { engine, weights } = change;
  return {
    ...('run' in change && { 'alexnet.hasRun': change.run !== undefined }),
    ...('pictures' in change && { 'alexnet.hasStrip': change.pictures !== undefined }),
    ...('comparison' in change && { 'alexnet.isComparing': change.comparison !== undefined }),
    ...('evaluation' in change && {
      'alexnet.hasEvaluation': change.evaluation !== undefined,
      'alexnet.isEvaluating': change.evaluation?.status === 'running',
    }),
    ...(engine && { 'alexnet.hasEngine': engine.status !== 'stopped' }),
    ...(weights && { 'alexnet.weights': weights.trained ? 'trained' : 'random' }),
  };
}

/** The keys that follow from the document that is shown. */
export function documentKeys({
  labels,
  origin,
  sizeFrom,
}: ModelDocument): Pick<CommandKeys, 'alexnet.hasOwnLabels' | 'alexnet.hasOpenSize'> {
  const isOpened = origin.kind === 'file' && origin.base === undefined;
  return {
    'alexnet.hasOwnLabels': isOpened && labels.names.length > 0,
    'alexnet.hasOpenSize': sizeFrom !== undefined,
  };
}

/** What of native TensorFlow lies in the extension's storage, and whether this platform can have it. */
export function nativeKey(folder: string, platform: string): CommandKeys['alexnet.native'] {
  const { installed, downloads, staging, previous } = nativePlaces(folder);
  if (existsSync(installed)) return 'installed';
  if ([downloads, staging, previous].some(existsSync)) return 'unfinished';
  return whyNone(platform) === undefined ? 'installable' : 'unavailable';
}
