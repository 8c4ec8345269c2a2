import type { Uri } from 'vscode';
import { env, window, workspace } from 'vscode';
import { formatShape } from '../../network/tensor/shape';
import { summarize } from '../../network/summary';
import { tableText } from '../../network/tableText';
import type { Tensor } from '../../protocol/engineProtocol';
import { documentFileName, layerFileName } from '../../protocol/exportName';
import type { PageDrawing } from '../../protocol/pageDrawing';
import type { HostMethods, RunView } from '../../protocol/panelProtocol';
import type { Clicks, TaskQueue } from '../../host/task/taskQueue';
import type { Session } from '../../host/session/session';
import { channelTensor } from '../../host/export/tensorFiles';
import { formatOf, type FileFormat } from '../../host/export/fileFormats';
import { npyFile } from '../../host/export/tensorFiles';
import { pagePicture, plainName } from '../../host/export/pagePicture';
import { NetworkExporter, givenFramework } from './networkExporter';
import { saveFile } from './saveFile';
import { SavePlaces } from './savePlaces';
import { tensorJson } from '../../host/export/tensorFiles';

interface ExporterOptions {
  readonly session: Pick<Session, 'documentId' | 'document' | 'runs' | 'saveWeights'>;
  readonly tasks: Pick<TaskQueue, 'ask'>;
  readonly lastRun: () => RunView | undefined;
  /** What these of several pictures were taken for, as CSV. */
  readonly resultsCsv: (ids: readonly number[]) => string;
  /** What became of every picture of the last evaluation, as CSV. */
  readonly evaluationCsv: () => string;
  /** Has the panel draw, and opens it for that where it has to. */
  readonly draw: (what: PageDrawing) => Promise<Uint8Array>;
}

type PageExports =
  | 'exportTable'
  | 'exportNetwork'
  | 'exportCode'
  | 'exportResults'
  | 'exportEvaluation'
  | 'exportActivation'
  | 'exportExplanation'
  | 'saveFile'
  | 'showProblem'
  | 'copyText';

const tableFormats = [
  { title: 'CSV', extension: 'csv', text: 'csv' },
  { title: 'Markdown', extension: 'md', text: 'markdown' },
  { title: 'JSON', extension: 'json', text: 'json' },
] as const;

const resultFormats = [{ title: 'CSV', extension: 'csv' }] as const;

const tensorFormats = [
  { title: 'NumPy', extension: 'npy', bytes: npyFile },
  { title: 'JSON', extension: 'json', bytes: (tensor: Tensor) => Buffer.from(tensorJson(tensor)) },
] as const;

/** One whose bytes are not given is drawn by the panel. */
interface ActivationFormat extends FileFormat {
  readonly bytes?: (tensor: Tensor) => Uint8Array;
}

const activationFormats: readonly ActivationFormat[] = [
  ...tensorFormats,
  { title: 'PNG', extension: 'png' },
];

const explanationFormats = [
  { title: 'JSON', extension: 'json' },
  { title: 'NumPy', extension: 'npy' },
] as const;

const graphFormats = [
  { title: 'SVG', extension: 'svg' },
  { title: 'PNG', extension: 'png' },
] as const;

/** Writes what is shown into files that the person chooses; each method gives the file, or undefined when the person thinks better of it. */
export class Exporter {
  /** What the page takes out of the panel. */
  readonly clicks: Clicks<PageExports> = {
    exportTable: () => this.table(),
    exportNetwork: () => this.network.json(),
    exportCode: ({ framework }) => this.network.code(undefined, givenFramework(framework)),
    exportResults: ({ ids }) => this.results(ids),
    exportEvaluation: () => this.evaluation(),
    exportActivation: (params) => this.activation(params),
    exportExplanation: (params) => this.explanation(params),
    saveFile: (params) => this.picture(params),
    showProblem: ({ why }) => Promise.reject(new Error(why)),
    copyText: ({ text }) => env.clipboard.writeText(text),
  };

  /** The network itself, as data and as code. */
  readonly network: NetworkExporter;
  private readonly places = new SavePlaces();

  constructor(private readonly options: ExporterOptions) {
    this.network = new NetworkExporter(options, this.places);
  }

  /** The layer table of the document that is shown, with the times of its last run. */
  async table(target?: Uri): Promise<Uri | undefined> {
    const { documentId } = this.options.session;
    const { document } = this.options.session;
    const { network } = document;
    const place = {
      title: 'Export Layer Table',
      name: `${documentFileName(document)}-layers.csv`,
      formats: tableFormats,
    };
    const uri = target ?? (await this.places.ask(place));
    if (!uri) return undefined;
    const run = this.options.lastRun();
    const layers = run?.documentId === documentId ? run.layers : [];
    const times = new Map(layers.map(({ name, milliseconds }) => [name, milliseconds]));
    const { text } = formatOf(uri.path, tableFormats);
    return this.places.save(uri, Buffer.from(tableText(summarize(network), times, text)));
  }

  /** What several pictures were taken for. */
  private async results(ids: readonly number[]): Promise<Uri | undefined> {
    // As they are now: others may be under way while the person looks for a place.
    const text = this.options.resultsCsv(ids);
    const name = `${documentFileName(this.options.session.document)}-results.csv`;
    const uri = await this.places.ask({ title: 'Export Results', name, formats: resultFormats });
    return uri && this.places.save(uri, Buffer.from(text));
  }

  /** What became of every picture of the last evaluation. */
  async evaluation(target?: Uri): Promise<Uri | undefined> {
    // As it is now: it may go on while the person looks for a place.
    const text = this.options.evaluationCsv();
    const name = `${documentFileName(this.options.session.document)}-evaluation.csv`;
    const place = { title: 'Export Evaluation', name, formats: resultFormats };
    const uri = target ?? (await this.places.ask(place));
    return uri && this.places.save(uri, Buffer.from(text));
  }

  /** A layer's output in the last run, whole or one channel of it. */
  async lastActivation(target?: Uri, layer?: string, channel?: number): Promise<Uri | undefined> {
    const run = this.options.lastRun();
    if (!run) throw new Error('there is nothing to export yet: classify a picture first');
    const chosen = layer ?? (await chooseLayer(run));
    if (chosen === undefined) return undefined;
    const what = { runId: run.runId, layer: chosen, ...(channel !== undefined && { channel }) };
    return this.activation(what, target, activationFormats);
  }

  /** A layer's output in a run that is kept, whole or one channel of it. */
  async activation(
    { runId, layer, channel }: HostMethods['exportActivation']['params'],
    target?: Uri,
    formats: readonly ActivationFormat[] = tensorFormats,
  ): Promise<Uri | undefined> {
    // First, so that nobody is asked where to put what is not there.
    const whole = await this.options.session.runs.activation(runId, layer);
    const tensor = channel === undefined ? whole : channelTensor(whole, channel);
    const run = { name: this.options.lastRun()?.name ?? '' };
    const parts = channel === undefined ? [] : ['channel', channel];
    const uri =
      target ??
      (await this.places.ask({
        title: `Export Activation of ${layer}`,
        name: `${layerFileName(run, layer, ...parts)}.npy`,
        formats,
      }));
    if (!uri) return undefined;
    const { bytes } = formatOf(uri.path, formats);
    return this.places.save(uri, bytes ? bytes(tensor) : await this.drawLayer(layer, channel));
  }

  /** An explanation that the page shows; NumPy's file has no place for words, so that its recipe lies beside it. */
  private async explanation({
    suggestedName,
    map,
    about,
  }: HostMethods['exportExplanation']['params']): Promise<Uri | undefined> {
    const name = `${plainName(suggestedName)}.json`;
    const place = { title: 'Export Explanation', name, formats: explanationFormats };
    const uri = await this.places.ask(place);
    if (!uri) return undefined;
    if (formatOf(uri.path, explanationFormats).extension === 'json')
      return this.places.save(uri, Buffer.from(tensorJson(map, about)));
    const recipe = uri.with({ path: `${uri.path}.json` });
    await saveFile(recipe, Buffer.from(`${JSON.stringify({ ...about, shape: map.shape })}\n`));
    return this.places.save(
      uri,
      npyFile(map),
      `, and ${workspace.asRelativePath(recipe)} with its recipe`,
    );
  }

  /** The graph as it is in the panel or would be. */
  async graph(target?: Uri): Promise<Uri | undefined> {
    const name = `${documentFileName(this.options.session.document)}.svg`;
    const place = { title: 'Export Graph', name, formats: graphFormats };
    const uri = target ?? (await this.places.ask(place));
    if (!uri) return undefined;
    const { extension } = formatOf(uri.path, graphFormats);
    return this.places.save(uri, await this.options.draw({ kind: 'graph', format: extension }));
  }

  private drawLayer(layer: string, channel: number | undefined): Promise<Uint8Array> {
    return this.options.draw(
      channel === undefined ? { kind: 'sheet', layer } : { kind: 'channel', layer, channel },
    );
  }

  /** A picture that the page drew. */
  async picture(params: HostMethods['saveFile']['params']): Promise<Uri | undefined> {
    const { name, format, bytes } = pagePicture(params);
    const uri = await this.places.ask({ title: 'Export Picture', name, formats: [format] });
    return uri && this.places.save(uri, bytes);
  }
}

async function chooseLayer({ layers, name }: RunView): Promise<string | undefined> {
  const items = layers.map((layer) => ({
    label: layer.name,
    description: formatShape(layer.outputShape),
  }));
  const item = await window.showQuickPick(items, {
    title: 'Export Activation',
    placeHolder: `A layer's output for ${name}`,
  });
  return item?.label;
}
