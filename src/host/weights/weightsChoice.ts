import { existsSync } from 'node:fs';
import type { ModelDocument } from '../../network/modelDocument';
import { tensorCount } from '../../network/network';
import type { ExamineParams, WeightsSource } from '../../protocol/engineProtocol';
import type { PublishedWeights } from '../../network/modelDocument';
import type { FilePlace } from '../../protocol/modelCalls';
import type { PanelWeights } from '../../protocol/panelProtocol';
import type { LearnedWeights } from '../../protocol/training';
import { filePlace, type FileRef } from '../fileRef';
import type { CatalogueEntry } from '../../library/catalogue';

/** Where a document's weights come from, as the host remembers it; the engine is told when it needs them. */
export type WeightsChoice =
  | { readonly kind: 'random'; readonly seed: number }
  | {
      readonly kind: 'file';
      readonly file: FileRef;
      /** Where they were trained here. */
      readonly learned?: LearnedWeights;
      /** The file is the one that the document was read from. */
      readonly isModel?: true;
    }
  | PublishedChoice;

/** A set of the catalogue that was downloaded to `path`. */
export interface PublishedChoice {
  readonly kind: 'published';
  readonly entry: CatalogueEntry;
  readonly path: string;
}

export const randomChoice = { kind: 'random', seed: 1 } as const satisfies WeightsChoice;

/** What the weights are called that lie with a model in its file. */
export const ownWeights = 'own weights';

/** What each document runs with until a person chooses: the set that comes with the extension, else random weights. */
export function standardChoices(
  entries: readonly CatalogueEntry[],
  pathOf: (entry: CatalogueEntry) => string,
): (documentId: string) => WeightsChoice {
  const shipped = entries.filter((entry) => entry.shipped !== undefined);
  // The same object each time: another one would be another choice.
  const choices = new Map<string, WeightsChoice>(
    shipped.map((entry) => [
      entry.documentId,
      { kind: 'published', entry, path: pathOf(entry) } as const,
    ]),
  );
  return (documentId) => choices.get(documentId) ?? randomChoice;
}

/** Where the engine reads what was chosen. */
export async function weightsSource(choice: WeightsChoice): Promise<WeightsSource> {
  if (choice.kind === 'random') return choice;
  if (choice.kind === 'published') return publishedSource(choice);
  if (!choice.isModel) return await fileSource(choice.file);
  return { kind: 'model', name: ownWeights, at: await weightsPlace(choice.file) };
}

/** A file of weights, as the engine reads it. */
export async function fileSource(file: FileRef): Promise<ExamineParams['source']> {
  const place = await weightsPlace(file);
  const { name } = file;
  return 'path' in place ? { kind: 'file', name, ...place } : { kind: 'bytes', name, ...place };
}

function weightsPlace(file: FileRef): Promise<FilePlace> {
  return filePlace(file, (most) => `weights of up to ${most} are read`);
}

/** How messages call a choice; random weights need no name. */
export function choiceName(choice: WeightsChoice): string | undefined {
  if (choice.kind === 'file') return choice.file.name;
  return choice.kind === 'published' ? choice.entry.name : undefined;
}

/** What is known of weights besides what the engine says. */
export function aboutChoice(choice: WeightsChoice): {
  readonly published?: PublishedWeights;
  readonly learned?: LearnedWeights;
} {
  if (choice.kind === 'file') return choice.learned ? { learned: choice.learned } : {};
  if (choice.kind === 'random') return {};
  const { name, top1, top5, classes, conditions, licence, source } = choice.entry;
  return {
    published: {
      name,
      ...(top1 !== undefined && { top1 }),
      ...(top5 !== undefined && { top5 }),
      ...(classes && { classes }),
      conditions,
      licence,
      source,
    },
  };
}

/** What weights of a document will be, before the engine has them. */
export function expectedWeights(
  { id: documentId, network }: Pick<ModelDocument, 'id' | 'network'>,
  choice: WeightsChoice,
): PanelWeights {
  const tensors = tensorCount(network);
  if (choice.kind === 'random')
    return { documentId, trained: false, name: `random, seed ${choice.seed}`, tensors };
  const isOwn = choice.kind === 'file' && choice.isModel;
  const name = isOwn ? ownWeights : (choiceName(choice) ?? '');
  return { documentId, trained: true, name, tensors, ...aboutChoice(choice) };
}

function publishedSource({ entry, path }: PublishedChoice): WeightsSource {
  const { name, shipped } = entry;
  if (existsSync(path)) return { kind: shipped === undefined ? 'file' : 'packed', name, path };
  if (shipped !== undefined) throw new Error(`${name} is missing: install the extension again`);
  throw new Error(`${entry.name} is not downloaded any more; choose it again`);
}
