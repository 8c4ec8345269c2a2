import type {
  AlexNetInspectorApi,
  Classification,
  Evaluation,
  LayerComparison as ComparedLayer,
} from '../../alexnet-inspector';
import { Uri } from 'vscode';
import type { FileRef } from '../host/fileRef';
import { fileRef } from './files/fileRef';
import { folderTree } from './files/folderTree';
import { labelFolder, noQuestions } from '../host/evaluate/labelFolder';
import { classReading } from '../network/classReading';
import type { ModelDocument } from '../network/modelDocument';
import { publicSummary, summarize } from '../network/summary';
import { diverges, type LayerComparison } from '../protocol/comparison';
import { CancelledError } from '../protocol/rpc';
import { withSignal } from './say/progress';
import type { EngineClient } from '../host/engine/engineClient';
import type { Inspector } from './inspector';
import type { OpenedModels } from '../host/models/openedModels';
import type { Session, SessionRun } from '../host/session/session';
import { knownTopK, topPredictions } from '../host/session/topPredictions';
import type { Task } from '../host/task/task';
import { imagined, patchesOf } from './explain/likesApi';
import { trained } from './train/trained';
import { whyApi } from './explain/whyApi';
import type { TaskQueue } from '../host/task/taskQueue';
import { randomChoice } from '../host/weights/weightsChoice';

interface ApiContext {
  readonly inspector: Inspector;
  readonly session: Session;
  readonly engine: EngineClient;
  readonly tasks: TaskQueue;
  readonly models: OpenedModels;
}

/** What other extensions and scripts are given; they may pass anything, so arguments are checked here. */
export function createApi({
  inspector,
  session,
  engine,
  tasks,
  models,
}: ApiContext): AlexNetInspectorApi {
  return {
    version: 1,
    variants: () => session.documents.all.map(variantInfo),
    summary: (id = session.documentId) =>
      publicSummary(summarize(session.documents.get(id).network)),
    useVariant: (id) => Promise.resolve().then(() => session.showDocument(id)),
    openModel: (uri, token) =>
      withSignal(token, async (signal) => {
        const { document, remarks } = await models.open(knownFile(uri), engine, signal);
        const faults = document.network.unresolved.map(({ name, problem }) => {
          return { layer: name, why: problem.sentence };
        });
        return { variant: document.id, remarks, faults };
      }),
    loadWeights: (source, token) =>
      withSignal(token, async (signal) => {
        const choice =
          source === 'random' ? randomChoice : ({ kind: 'file', file: knownFile(source) } as const);
        const load = (task: Task) => session.loadWeights(choice, task);
        const loaded = await tasks.serve('loading weights', load, signal);
        const { documentId, ...info } = loaded;
        return { ...info, variant: documentId };
      }),
    classify: (image, options = {}) =>
      withSignal(options.token, async (signal) => {
        const topK = knownTopK(options);
        const file = knownFile(image);
        const parts = { preprocess: () => options.preprocess ?? {} };
        const run = await tasks.serve(
          'classifying',
          (task) => session.classify(file, task, parts),
          signal,
        );
        inspector.showRun(run);
        return classification(run, topK, session);
      }),
    input: (runId) => session.runs.input(runId),
    activation: (runId, layer) => session.runs.activation(runId, layer),
    compare: async (runId, other) => (await session.runs.compare(runId, other)).map(comparedLayer),
    ...whyApi({ inspector, session, tasks }),
    imagine: (options) => imagined(inspector.explaining, tasks, options),
    patches: (pictures, options) => patchesOf(inspector.explaining, pictures, options),
    evaluate: (folder, { token } = {}) =>
      withSignal(token, (signal) => evaluated(inspector, session, knownUri(folder), signal)),
    train: (folder, { settings = {}, token } = {}) =>
      withSignal(token, (signal) =>
        trained(inspector.trainings, knownUri(folder), settings, signal),
      ),
    engine: () => engine.start(),
    showArchitecture: () => inspector.showArchitecture(),
  };
}

function classification(
  { view, logits }: SessionRun,
  topK: number,
  { documents }: Session,
): Classification {
  const { runId, documentId, trained: isTrained, backend, preprocess } = view;
  const layers = view.layers.map(({ name, outputShape, milliseconds }) => {
    return { name, outputShape, milliseconds };
  });
  const { labels, network } = documents.get(documentId);
  const predictions = topPredictions(logits, topK, labels, classReading(network));
  return { runId, predictions, logits, trained: isTrained, backend, preprocess, layers };
}

function comparedLayer(layer: LayerComparison): ComparedLayer {
  const { difference, ...rest } = layer;
  if (!difference) return { ...rest, parts: true };
  const { maxAbs, rmse, rms, cosine, broken } = difference;
  const angle = cosine === undefined ? {} : { cosine };
  return { ...rest, difference: { maxAbs, rmse, rms, ...angle, broken }, parts: diverges(layer) };
}

function variantInfo(document: ModelDocument): ReturnType<AlexNetInspectorApi['variants']>[number] {
  const { id, title, description, origin, network, preprocess } = document;
  const { totals, layers } = summarize(network);
  const { parameters, macs } = totals;
  return {
    id,
    title,
    description,
    source: origin.kind === 'library' ? origin.source : origin.name,
    inputShape: layers[0]?.inputShape ?? [],
    parameters,
    macs,
    preprocess,
  };
}

async function evaluated(
  { evaluations: { evaluator } }: Inspector,
  { document }: Session,
  folder: Uri,
  signal: AbortSignal,
): Promise<Evaluation> {
  const labelled = await labelFolder(folderTree(folder), document, noQuestions, signal);
  if (!labelled) throw new CancelledError();
  const tally = await evaluator.serve(labelled, signal);
  const { pictures, top1, top5, classes } = tally.report();
  const share = (right: number): number => (pictures === 0 ? 0 : right / pictures);
  return {
    pictures,
    top1: share(top1),
    top5: share(top5),
    classes: [...classes],
    unreadable: [...tally.unreadable].map(([picture, why]) => ({
      uri: Uri.parse(labelled.pictures.file(picture).uri),
      why,
    })),
  };
}

function knownFile(uri: unknown): FileRef {
  return fileRef(knownUri(uri));
}

function knownUri(uri: unknown): Uri {
  if (uri instanceof Uri) return uri;
  throw new Error(`expected a vscode.Uri, got ${JSON.stringify(uri)}`);
}
