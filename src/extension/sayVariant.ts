import { window } from 'vscode';
import { variants } from '../network/variants/variants';
import type { WeightsInfo } from '../protocol/engineProtocol';
import { log } from './log';

/** Tells a person that weights brought another network with them. */
export function sayVariant({ name, variant }: WeightsInfo): void {
  const sentence = `${name} holds weights for ${variants[variant].title}: that network is shown now.`;
  window
    .showInformationMessage(sentence)
    .then(undefined, (error: unknown) => log.error(String(error)));
}
