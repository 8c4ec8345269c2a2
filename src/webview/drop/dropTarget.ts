import type { GivenPicture } from '../../protocol/givenPictures';
import { element } from '../draw/element';
import type { Actions } from '../state/actions';
import { addressesIn, mayHoldPictures, refusal } from './droppedThings';

/** Chromium calls a picture so that was copied out of another program. */
const namelessFile = 'image.png';

/** Takes what is dropped on the page or pasted into it, pictures above all, and outlines it while they are over it. */
export class DropTarget {
  readonly element = element(
    'div',
    { class: 'drop-mark', hidden: true },
    element('p', {}, 'Drop pictures, a model or weights'),
  );
  /** What is dragged comes from the page itself. */
  private own = false;

  constructor(private readonly actions: Pick<Actions, 'tell'>) {
    document.addEventListener('dragstart', () => (this.own = true));
    document.addEventListener('dragend', () => (this.own = false));
    document.addEventListener('dragenter', (event) => this.over(event));
    document.addEventListener('dragover', (event) => this.over(event));
    document.addEventListener('dragleave', ({ relatedTarget }) => {
      if (relatedTarget === null) this.element.hidden = true;
    });
    // The pointer moves on its own only when nothing is dragged any more.
    document.addEventListener('pointermove', () => (this.element.hidden = true));
    document.addEventListener('drop', (event) => this.drop(event));
    document.addEventListener('paste', (event) => this.paste(event));
  }

  private over(event: DragEvent): void {
    const { dataTransfer } = event;
    if (this.own || !dataTransfer || !mayHoldPictures(dataTransfer.types)) return;
    event.preventDefault();
    // VS Code would take files of the operating system away from the page, to open them.
    event.stopPropagation();
    dataTransfer.dropEffect = 'copy';
    this.element.hidden = false;
  }

  private drop(event: DragEvent): void {
    this.element.hidden = true;
    const { dataTransfer } = event;
    if (this.own || !dataTransfer || !mayHoldPictures(dataTransfer.types)) return;
    event.preventDefault();
    const uris = addressesIn(dataTransfer);
    if (uris.length > 0) {
      this.actions.tell('takePlaces', { uris });
      return;
    }
    const folder = [...dataTransfer.items]
      .map((item) => item.webkitGetAsEntry())
      .find((entry) => entry?.isDirectory);
    if (folder) {
      const why = `${folder.name} is a folder; open it in VS Code and use “AlexNet: Classify Folder”`;
      this.actions.tell('showProblem', { why });
    } else if (dataTransfer.files.length > 0) this.take([...dataTransfer.files]);
    else this.actions.tell('showProblem', { why: 'what was dropped is no file; save it first' });
  }

  private paste(event: ClipboardEvent): void {
    const { clipboardData, target } = event;
    const files = [...(clipboardData?.files ?? [])];
    if (files.length > 0) {
      event.preventDefault();
      this.take(files);
      return;
    }
    const typing = target instanceof Element && target.closest('input, select, textarea');
    if (!typing && clipboardData?.types.length)
      this.actions.tell('showProblem', {
        why: 'what was pasted is no picture; copy one in another program first',
      });
  }

  /** Sizes are looked at before anything is read. */
  private take(files: readonly File[]): void {
    const { tell } = this.actions;
    const why = refusal(files);
    if (why !== undefined) {
      tell('showProblem', { why });
      return;
    }
    Promise.all(files.map(read)).then(
      (pictures) => tell('classifyGiven', { pictures }),
      (error: unknown) =>
        tell('showProblem', { why: `what was dropped could not be read: ${String(error)}` }),
    );
  }
}

async function read(file: File): Promise<GivenPicture> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return { name: file.name === namelessFile ? '' : file.name, bytes };
}
