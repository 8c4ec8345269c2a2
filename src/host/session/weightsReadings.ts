import type { VariantId } from '../../library/variant';
import type { EngineMethods } from '../../protocol/engineProtocol';
import type { HostMethods, Work } from '../../protocol/panelProtocol';
import type { Handlers } from '../../protocol/rpc';
import { CancelledError } from '../../protocol/rpc';
import type { Session } from './session';

/** What the page reads of the weights, beside other work. What goes wrong is for the page to say. */
export class WeightsReadings {
  private readonly running = new Set<AbortController>();

  readonly handlers: Pick<Handlers<HostMethods>, 'weightSummary' | 'filters'> = {
    weightSummary: ({ variant, ...params }) => this.ask(variant, 'weightSummary', params),
    filters: ({ variant, ...params }) => this.ask(variant, 'filters', params),
  };

  /** `show` is told how far they are; undefined when they are done. */
  constructor(
    private readonly session: Session,
    private readonly show: (work: Work | undefined) => void,
  ) {}

  private async ask<K extends 'weightSummary' | 'filters'>(
    variant: VariantId,
    method: K,
    params: EngineMethods[K]['params'],
  ): Promise<EngineMethods[K]['result']> {
    const controller = new AbortController();
    this.running.add(controller);
    try {
      return await this.session.aboutWeights(variant, method, params, {
        signal: controller.signal,
        onProgress: ({ what, fraction }) => this.show({ what, fraction, cancellable: true }),
      });
    } finally {
      this.running.delete(controller);
      if (this.running.size === 0) this.show(undefined);
    }
  }

  cancel(): void {
    for (const controller of this.running) controller.abort(new CancelledError());
  }
}
