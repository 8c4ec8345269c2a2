import type { Uri } from 'vscode';
import { tensorCount } from '../network/tensorCount';
import type { VariantId } from '../network/variants/variant';
import { variants } from '../network/variants/variants';
import type { WeightsInfo, WeightsSource } from '../protocol/engineProtocol';
import { fileName } from './fileName';
import { readFile, statFile } from './workspaceFile';

/** Where a variant's weights come from, as the host remembers it; the engine is told when it needs them. */
export type WeightsChoice =
  { readonly kind: 'random'; readonly seed: number } | { readonly kind: 'file'; readonly uri: Uri };

/** Four times AlexNet in float32: anything larger is something else. */
const maxWeightsBytes = 2 ** 30;

export const randomChoice: WeightsChoice = { kind: 'random', seed: 1 };

/** A file on this machine is read by the engine itself; any other comes through VS Code. */
export async function weightsSource(choice: WeightsChoice): Promise<WeightsSource> {
  if (choice.kind === 'random') return choice;
  const { uri } = choice;
  const name = fileName(uri);
  const { size } = await statFile(uri);
  if (size > maxWeightsBytes) {
    throw new Error(`${name} has ${Math.round(size / 2 ** 20)} MB; AlexNet's weights have 250 MB`);
  }
  if (uri.scheme === 'file') return { kind: 'file', name, path: uri.fsPath };
  return { kind: 'bytes', name, bytes: await readFile(uri) };
}

/** What random weights of a variant will be, before the engine has drawn them. */
export function randomWeightsInfo(variant: VariantId, seed: number): WeightsInfo {
  const tensors = tensorCount(variants[variant].network);
  return { variant, trained: false, name: `random, seed ${seed}`, tensors };
}
