import type { Uri } from 'vscode';
import { Uri as uris } from 'vscode';
import type { Imagined, ImagineOptions, Patches, PatchesOptions } from '../../../alexnet-inspector';
import type { FoundPatches } from '../../host/explain/foundPatches';
import { picturesBelow } from '../../host/explain/picturesBelow';
import { pictureList, type PatchSource } from '../../host/explain/patchSource';
import { keptPatches } from '../../protocol/likes';
import type { TaskQueue } from '../../host/task/taskQueue';
import type { ImagineRequest } from '../../protocol/imagining';
import { fileRef, isFolder } from '../files/fileRef';
import { folderTree } from '../files/folderTree';
import { withSignal } from '../say/progress';
import type { Explaining } from './explaining';

/** More would keep all pictures for each of thousands of channels. */
const mostPerChannel = 100;

/** Makes a picture for a caller, who hears those until then. */
export function imagined(
  explaining: Pick<Explaining, 'imagine'>,
  tasks: Pick<TaskQueue, 'serve'>,
  { token, onProgress, ...request }: ImagineOptions,
): Promise<Imagined> {
  return withSignal(token, (signal) =>
    tasks.serve(
      'making a picture',
      (task) =>
        // The engine checks what a caller may have said.
        explaining.imagine(request as ImagineRequest, task, (progress) => {
          if (progress.imagined) onProgress?.(progress.imagined);
        }),
      signal,
    ),
  );
}

/** What all channels of a layer like of a folder's pictures, or of these. */
export function patchesOf(
  explaining: Pick<Explaining, 'patches'>,
  given: Uri | readonly Uri[],
  { layer, perChannel = keptPatches, onProgress, token }: PatchesOptions,
): Promise<Patches> {
  return withSignal(token, async (signal) => {
    if (!Number.isSafeInteger(perChannel) || perChannel < 1 || perChannel > mostPerChannel)
      throw new Error(
        `perChannel must be a whole number from 1 to ${mostPerChannel}, got ${perChannel}`,
      );
    const source = await sourceOf(given, signal);
    const { size } = source.pictures;
    const onBatch = (done: number): void => onProgress?.(done, size);
    const options = { most: perChannel, signal, onBatch };
    return answered(await explaining.patches.serve(layer, source, options));
  });
}

async function sourceOf(given: unknown, signal: AbortSignal): Promise<PatchSource> {
  if (given instanceof uris) {
    if (!(await isFolder(given))) return listed([given]);
    const tree = folderTree(given);
    return { from: tree.label, pictures: await picturesBelow(tree, signal), leftOut: 0 };
  }
  if (Array.isArray(given) && given.length > 0 && given.every((each) => each instanceof uris))
    return listed(given);
  throw new Error(
    `expected the vscode.Uri of a folder, or several of pictures, got ${JSON.stringify(given)}`,
  );
}

function listed(given: readonly Uri[]): PatchSource {
  return { from: 'pictures', pictures: pictureList(given.map(fileRef)), leftOut: 0 };
}

function answered(found: FoundPatches): Patches {
  const { layer, channels, done, unreadable, source } = found;
  const uriOf = (picture: number): Uri => uris.parse(source.pictures.file(picture).uri);
  return {
    layer,
    pictures: done - unreadable.size,
    channels: Array.from({ length: channels }, (_, channel) =>
      found.of(channel).map(({ picture, value, row, column }) => {
        const sees = found.sees(channel, { row, column });
        return { uri: uriOf(picture), value, row, column, ...(sees && { sees }) };
      }),
    ),
    unreadable: [...unreadable].map(([picture, why]) => ({ uri: uriOf(picture), why })),
  };
}
