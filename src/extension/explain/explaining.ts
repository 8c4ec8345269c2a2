import { explanationReads } from '../../host/explain/explanations';
import { imagine, imagineReads } from '../../host/explain/imagine';
import { picturesBelow } from '../../host/explain/picturesBelow';
import { PatchSearch, type PatchSearchOptions } from '../../host/explain/patchSearch';
import { pictureList, type PatchSource } from '../../host/explain/patchSource';
import type { Pictures } from '../../host/pictures/pictures';
import type { TaskContext } from '../../host/task/task';
import type { TaskQueue } from '../../host/task/taskQueue';
import type { PanelLikes } from '../../protocol/explanationCalls';
import type { Imagined, ImagineProgress, ImagineRequest } from '../../protocol/imagining';
import type { HostMethods } from '../../protocol/panelProtocol';
import type { Handlers } from '../../protocol/rpc';
import { folderTree } from '../files/folderTree';
import { chooseFolder } from '../pick/choose';

interface ExplainingOptions extends PatchSearchOptions {
  readonly tasks: TaskQueue;
  readonly pictures: Pick<Pictures, 'listed'>;
  /** Gives the number of a run that the engine holds, made again where it has to be. */
  readonly held: (runId: number) => Promise<number>;
}

type Handled = ReturnType<typeof explanationReads> & Handlers<PanelLikes>;

/** What the page asks about why, and about what units like. */
export class Explaining {
  readonly patches: PatchSearch;
  readonly handlers: Handled;

  constructor(private readonly options: ExplainingOptions) {
    const { session, tasks, held } = options;
    this.patches = new PatchSearch(options);
    this.handlers = {
      ...explanationReads(session, tasks, held),
      ...imagineReads(options, tasks),
      ...this.patches.handlers,
      ...tasks.background({ findPatches: (params) => this.findPatches(params) }),
    };
  }

  /** Makes a picture with the weights of the shown document. */
  imagine(
    request: ImagineRequest,
    task: TaskContext,
    onProgress: (progress: ImagineProgress) => void,
  ): Promise<Imagined> {
    const { documentId } = this.options.session;
    return imagine(this.options, { ...request, documentId }, task, onProgress);
  }

  private async findPatches({ layer, of }: HostMethods['findPatches']['params']): Promise<void> {
    const source = of === 'pictures' ? this.listed() : await this.chosen();
    if (source) await this.patches.find(layer, source);
  }

  private listed(): PatchSource {
    const { files, leftOut } = this.options.pictures.listed;
    if (files.length === 0)
      throw new Error('there are no pictures to look through; classify some, or choose a folder');
    const from = files.length === 1 ? 'the picture on screen' : 'the pictures on screen';
    return { from, pictures: pictureList(files), leftOut };
  }

  private async chosen(): Promise<PatchSource | undefined> {
    const uri = await chooseFolder('Look for Patches in a Folder', 'Look Through');
    if (!uri) return undefined;
    const tree = folderTree(uri);
    const pictures = await this.options.tasks.serve('looking for pictures', ({ signal }) =>
      picturesBelow(tree, signal),
    );
    return { from: tree.label, pictures, leftOut: 0 };
  }
}
