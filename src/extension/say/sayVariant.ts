import { window } from 'vscode';
import { variants } from '../../library/variants';
import type { WeightsInfo } from '../../protocol/engineProtocol';
import { unawaited } from './unawaited';

/** Tells a person that weights brought another network with them. */
export function sayVariant({ name, variant }: WeightsInfo): void {
  const sentence = `${name} holds weights for ${variants[variant].title}: that network is shown now.`;
  unawaited(window.showInformationMessage(sentence));
}
