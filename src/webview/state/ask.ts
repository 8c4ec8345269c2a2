import type { HostMethods } from '../../protocol/panelProtocol';
import type { CallOptions } from '../../protocol/rpc';

/** Asks the host and waits for its answer. */
export type Ask = <K extends keyof HostMethods>(
  method: K,
  params: HostMethods[K]['params'],
  options?: CallOptions<HostMethods[K]['progress']>,
) => Promise<HostMethods[K]['result']>;
