import type { Uri } from 'vscode';
import type { FileRef } from '../host/fileRef';
import { sortDropped } from '../host/models/droppedKind';
import { GivenPictures } from '../host/pictures/givenPictures';
import type { SessionRun } from '../host/session/session';
import type { Clicks, TaskQueue } from '../host/task/taskQueue';
import { folderPictures, type FoundPictures } from './files/folderPictures';
import { fileRef } from './files/fileRef';
import { droppedPictures, droppedUris, samplePicture } from './files/panelPictures';
import { chooseFolder, chooseImages } from './pick/choose';

interface SourcesOptions {
  readonly extensionUri: Uri;
  readonly tasks: Pick<TaskQueue, 'ask'>;
  readonly warmUp: () => void;
  /** Shows the panel and classifies. */
  readonly classify: (
    files: readonly FileRef[],
    leftOut?: number,
  ) => Promise<SessionRun | undefined>;
  /** Opens a model in an editor of its own. */
  readonly openModel: (uri: Uri) => Promise<void>;
  readonly loadWeights: (file: FileRef) => Promise<unknown>;
}

/** Where the pictures come from that a person wants classified; each way gives the last run that succeeded. */
export class PictureSources {
  /** What the page asks for. */
  readonly clicks: Clicks<'chooseImage' | 'classifySample' | 'takePlaces' | 'classifyGiven'> = {
    chooseImage: () => this.chosen(),
    classifySample: ({ file }) =>
      this.options.classify([samplePicture(this.options.extensionUri, file)]),
    takePlaces: ({ uris }) => this.take(droppedUris(uris)),
    classifyGiven: ({ pictures }) => this.options.classify(this.given.files(pictures)),
  };
  private readonly given = new GivenPictures();

  constructor(private readonly options: SourcesOptions) {}

  /** Asks for pictures; `onChosen` hears that there are some. */
  async chosen(onChosen?: () => void): Promise<SessionRun | undefined> {
    this.options.warmUp();
    const files = await chooseImages();
    if (!files) return undefined;
    onChosen?.();
    return await this.options.classify(files);
  }

  /** The pictures directly in folders; asks for one where none is given. */
  async folders(given: readonly Uri[]): Promise<SessionRun | undefined> {
    const asked = given.length > 0 ? undefined : await chooseFolder('Classify Folder', 'Classify');
    const folders = asked ? [asked] : given;
    return folders.length > 0 ? await this.found(() => folderPictures(folders)) : undefined;
  }

  /** Pictures last: they are classified with weights that came with them. */
  private async take(uris: readonly Uri[]): Promise<void> {
    const { model, weights, picture } = sortDropped(uris);
    for (const uri of model) await this.options.openModel(uri);
    for (const uri of weights) await this.options.loadWeights(fileRef(uri));
    if (picture.length > 0) await this.found(() => droppedPictures(picture));
  }

  private async found(find: () => Promise<FoundPictures>): Promise<SessionRun | undefined> {
    let found: FoundPictures | undefined;
    await this.options.tasks.ask('looking for pictures', async ({ signal }) => {
      const pictures = await find();
      signal.throwIfAborted();
      found = pictures;
    });
    return found && (await this.options.classify(found.files, found.leftOut));
  }
}
