import type { HostMethods } from '../../protocol/panelProtocol';

/** Asks the host and waits for its answer. */
export type Ask = <K extends keyof HostMethods>(
  method: K,
  params: HostMethods[K]['params'],
) => Promise<HostMethods[K]['result']>;
