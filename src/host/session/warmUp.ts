import type { VariantId } from '../../library/variant';
import type { Progress } from '../../protocol/engineProtocol';
import { CancelledError } from '../../protocol/rpc';
import { log } from '../log';

type OnProgress = (progress: Progress) => void;

interface Steps {
  /** Starts the engine and gives it the variant's weights. */
  load(
    variant: VariantId,
    options: { signal: AbortSignal; onProgress: OnProgress },
  ): Promise<unknown>;
  /** Runs the network once on zeros. */
  pass(signal: AbortSignal): Promise<void>;
}

interface Running {
  readonly variant: VariantId;
  readonly controller: AbortController;
  loading: boolean;
  joined: boolean;
  onProgress: OnProgress | undefined;
}

/** Readies the engine before it is asked for anything, and gets out of the way of what is. */
export class WarmUp {
  private running: Running | undefined;

  constructor(private readonly steps: Steps) {}

  /** Begins in the background; a failure is only logged, as the next request meets it again. */
  begin(variant: VariantId): void {
    if (this.running?.variant === variant) return;
    this.cancel();
    const running: Running = {
      variant,
      controller: new AbortController(),
      loading: true,
      joined: false,
      onProgress: undefined,
    };
    this.running = running;
    this.run(running)
      .catch((error: unknown) => {
        if (!(error instanceof CancelledError)) log.warn(`warming up: ${String(error)}`);
      })
      .finally(() => {
        if (this.running === running) this.running = undefined;
      });
  }

  /** A picture is to run on this variant: a load of the same is shared, anything else is given up. */
  join(variant: VariantId, onProgress: OnProgress | undefined): void {
    const { running } = this;
    if (!running) return;
    if (running.variant === variant && running.loading) {
      running.joined = true;
      running.onProgress = onProgress;
    } else {
      this.cancel();
    }
  }

  cancel(): void {
    this.running?.controller.abort(new CancelledError());
    this.running = undefined;
  }

  /** Gives up what is for another variant than the one shown now. */
  keepOnly(variant: VariantId): void {
    if (this.running && this.running.variant !== variant) this.cancel();
  }

  private async run(running: Running): Promise<void> {
    const { signal } = running.controller;
    await this.steps.load(running.variant, {
      signal,
      onProgress: (progress) => running.onProgress?.(progress),
    });
    running.loading = false;
    // The picture that waited warms as well as zeros do.
    if (!running.joined) await this.steps.pass(signal);
  }
}
