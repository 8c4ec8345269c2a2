import type { Uri } from 'vscode';
import { window } from 'vscode';
import { documentJson } from '../../network/documentJson';
import { documentFileName } from '../../protocol/exportName';
import { codeFrameworks, type CodeFramework } from '../../protocol/codeFrameworks';
import { formatOf } from '../../host/export/fileFormats';
import { frameworks, networkCode } from '../../host/export/networkCode';
import type { Session } from '../../host/session/session';
import type { TaskQueue } from '../../host/task/taskQueue';
import { fileName, fileRef, isThere } from '../files/fileRef';
import { askConsent } from '../say/progress';
import type { SavePlaces } from './savePlaces';

interface NetworkExporterOptions {
  readonly session: Pick<Session, 'document' | 'saveWeights'>;
  readonly tasks: Pick<TaskQueue, 'ask'>;
}

const jsonFormats = [{ title: 'JSON', extension: 'json' }] as const;

/** Writes the shown network as data and as code; each method gives the file, or undefined where there is none. */
export class NetworkExporter {
  constructor(
    private readonly options: NetworkExporterOptions,
    private readonly places: SavePlaces,
  ) {}

  /** The whole document as JSON. */
  async json(target?: Uri): Promise<Uri | undefined> {
    const { document } = this.options.session;
    const name = `${documentFileName(document)}-network.json`;
    const formats = jsonFormats;
    const place = { title: 'Export Network', name, formats, of: document.origin };
    const uri = target ?? (await this.places.ask(place));
    if (!uri) return undefined;
    formatOf(uri.path, formats);
    return await this.places.save(uri, Buffer.from(documentJson(document)));
  }

  /** Code that builds the network, and beside it the weights in use; asks for which framework, unless told. */
  async code(target?: Uri, given?: CodeFramework): Promise<Uri | undefined> {
    const framework = given ?? (await chooseFramework());
    if (framework === undefined) return undefined;
    const { session, tasks } = this.options;
    const { document } = session;
    const { title, extension, weightsEnd } = frameworks[framework];
    // First, so that nobody is asked where to put what cannot be written.
    const { text, tensors } = networkCode(document, framework);
    const format = { title: `Code for ${title}`, extension };
    const stem = documentFileName(document).replaceAll('-', '_');
    const place = {
      title: `Export ${title} Code`,
      name: `${stem}.${extension}`,
      formats: [format],
      of: document.origin,
    };
    const uri = target ?? (await this.places.ask(place));
    if (!uri) return undefined;
    formatOf(uri.path, [format]);
    const beside = uri.with({ path: uri.path.slice(0, -extension.length - 1) + weightsEnd });
    // The dialogue asked of the code alone.
    if (!target && !(await mayWrite(beside))) return undefined;
    let saved: Uri | undefined;
    await tasks.ask(
      'writing weights',
      async (task) => {
        // The weights first: code without them could not run.
        await session.saveWeights(fileRef(beside), task, tensors);
        const more = `, and ${fileName(beside)} with its weights`;
        saved = await this.places.save(uri, Buffer.from(text), more);
      },
      { place: 'notification' },
    );
    return saved;
  }
}

/** A file that is there already is replaced only where the person says so. */
async function mayWrite(weights: Uri): Promise<boolean> {
  if (!(await isThere(weights))) return true;
  return await askConsent({
    question: `Replace ${fileName(weights)}?`,
    detail: 'The weights are written beside the code, and there is a file of that name.',
    yes: 'Replace',
  });
}

async function chooseFramework(): Promise<CodeFramework | undefined> {
  const items = codeFrameworks.map((framework) => {
    const { title, extension, weightsEnd } = frameworks[framework];
    return { framework, label: title, description: `.${extension}, weights in ${weightsEnd}` };
  });
  const item = await window.showQuickPick(items, { title: 'Export Network as Code' });
  return item?.framework;
}

/** Whether this is one of them: a script may say anything. */
export function givenFramework(value: unknown): CodeFramework | undefined {
  if (value === undefined) return undefined;
  const found = codeFrameworks.find((framework) => framework === value);
  if (found) return found;
  throw new Error(
    `there is no code for ${JSON.stringify(value)}; there is ${codeFrameworks.join(', ')}`,
  );
}
