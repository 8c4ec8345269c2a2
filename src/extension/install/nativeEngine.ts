import { existsSync } from 'node:fs';
import { CancellationError, window } from 'vscode';
import type { EngineInfo } from '../../protocol/engineProtocol';
import { CancelledError } from '../../protocol/rpc';
import { askConsent, withDownloadProgress } from '../say/progress';
import { describeError } from '../../host/errors';
import { UnreachableError } from '../../host/download/downloadError';
import type { EngineClient } from '../../host/engine/engineClient';
import { log } from '../say/log';
import { showError } from '../say/messages';
import { unawaited } from '../say/unawaited';
import { archivesFor, thisPlatform } from '../../host/native/nativePackage';
import { nativeHost, whyNone } from '../../host/native/nativePackage';
import { nativeKey, type CommandKeys } from '../../host/commandKeys';
import { nativePlaces } from '../../host/native/nativePlaces';
import { offerDetail, outcomeWords } from '../../host/native/nativeWords';
import { probeAddon } from '../../host/native/probeAddon';

interface NativeEngineOptions {
  readonly engine: EngineClient;
  /** The engine's own, to try an addon in. */
  readonly bundle: string;
  /** The extension's global storage. */
  readonly folder: string;
  /** Told what is there now. */
  readonly onChange: (key: CommandKeys['alexnet.native']) => void;
}

/** Only these commands need it: loading it takes a moment that starting the extension should not. */
const installer = () => import('../../host/native/installNative');

/** The commands that install and remove native TensorFlow: consent, progress, cancel, and one sentence at the end. */
export class NativeEngine {
  private readonly ended = new AbortController();

  constructor(private readonly options: NativeEngineOptions) {
    this.look();
  }

  /** Whether there is one for this machine that is not installed yet. */
  get canInstall(): boolean {
    return (
      whyNone(thisPlatform) === undefined && !existsSync(nativePlaces(this.options.folder).addon)
    );
  }

  /** Gives which backend runs afterwards; undefined where the person declined, cancelled, or it failed. */
  async install({ isAgreed = false } = {}): Promise<EngineInfo | undefined> {
    try {
      if (!(await this.fetch(isAgreed))) return undefined;
      return await this.restart('Native TensorFlow is installed.');
    } catch (error) {
      if (error instanceof CancellationError) log.info('native engine: cancelled');
      else this.showFailure(error, { 'Try Again': () => this.install({ isAgreed: true }) });
      return undefined;
    } finally {
      this.look();
    }
  }

  async remove(): Promise<EngineInfo | undefined> {
    const { engine, folder } = this.options;
    try {
      const { installed } = nativePlaces(folder);
      const was = existsSync(installed);
      if (was) engine.stop();
      const { removeNative } = await installer();
      await removeNative(folder);
      if (was) return await this.restart('The native engine was removed.');
      unawaited(window.showInformationMessage('No native engine is installed.'));
    } catch (error) {
      this.showFailure(error);
    } finally {
      this.look();
    }
    return undefined;
  }

  dispose(): void {
    this.ended.abort(new CancelledError());
  }

  private look(): void {
    this.options.onChange(nativeKey(this.options.folder, thisPlatform));
  }

  private async fetch(isAgreed: boolean): Promise<boolean> {
    const { engine, bundle, folder } = this.options;
    const archives = archivesFor(thisPlatform);
    const { installNative } = await installer();
    return await withDownloadProgress(this.ended.signal, (signal, report) =>
      installNative({
        platform: thisPlatform,
        archives,
        host: nativeHost(),
        folder,
        signal,
        consent: async (offer) =>
          isAgreed ||
          (await askConsent({
            question: 'Install native TensorFlow?',
            detail: offerDetail(offer),
            yes: 'Install',
          })),
        probe: (addonPath) => probeAddon(bundle, addonPath, signal),
        release: () => engine.stop(),
        report,
      }),
    );
  }

  private async restart(done: string): Promise<EngineInfo> {
    const { engine } = this.options;
    engine.stop();
    const info = await engine.start();
    const sentence = `${done} ${outcomeWords(info)}`;
    log.info(sentence);
    unawaited(window.showInformationMessage(sentence));
    return info;
  }

  private showFailure(error: unknown, ways: Readonly<Record<string, () => unknown>> = {}): void {
    const sentence = describeError(withWayOut(error));
    log.error(sentence);
    showError(sentence, ways);
  }
}

/** Without a network there is still an addon of one's own. */
function withWayOut(error: unknown): unknown {
  if (!(error instanceof UnreachableError)) return error;
  return new Error(`${error.message}, or use alexnet.engine.libraryPath`, { cause: error });
}
