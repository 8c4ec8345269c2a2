import * as tf from '@tensorflow/tfjs-core';
import { join } from 'node:path';
import { decodePicture } from '../imaging/decodePicture';
import { inputShape } from '../network/inputShape';
import { inputName } from '../network/network';
import { elementCount } from '../network/tensor/shape';
import type {
  Attempt,
  EngineInfo,
  EngineMethods,
  EngineRun,
  ValueExplanation,
  SavedWeights,
} from '../protocol/engineProtocol';
import type { EngineExplanations } from '../protocol/explanationCalls';
import type { CallContext, Handlers } from '../protocol/rpc';
import type { WeightSummary } from '../protocol/weightSummary';
import { startBackend } from './backends/startBackend';
import { Batches } from './batch/batches';
import { layerFilters } from './inspect/layerFilters';
import { WeightSummaries } from './inspect/weightSummaries';
import { Exclusive } from '../protocol/exclusive';
import type { BuiltModel } from './model/builtModel';
import { KnownDocuments } from './model/knownDocuments';
import { LoadedModel } from './model/loadedModel';
import { modelFiles } from './model/modelFiles';
import { compareRuns } from './run/compareRuns';
import { explainValue } from './run/explainValue';
import { changes } from './change/changeRun';
import { Explanations } from './explain/explanations';
import { likes } from './explain/likes';
import type { ForwardPass } from './run/forward';
import { forwardEach, forwardTogether } from './run/forward';
import { pictureInput } from './run/pictureInput';
import { inputChannels, makePreview, previewSide, thumbnailSide } from './run/pictureViews';
import { collectGarbage } from './runtime/collectGarbage';
import { explainMemory } from './runtime/outOfMemory';
import { paced, progressMilliseconds } from './runtime/pacing';
import { engineUsage } from './runtime/usage';
import { RunInMaking } from './run/runInMaking';
import { RunStore, type StoredRun } from './run/runStore';
import { openQuestions } from './model/openQuestions';
import { sanityChecks } from './sanity/sanityCheck';
import { saveModel } from './saveModel';

type Params<K extends keyof EngineMethods> = EngineMethods[K]['params'];
type Context = CallContext<EngineMethods['classify']['progress']>;

/** Where the kernels' and the picture decoders' WebAssembly lies: beside the bundle. */
const wasmDirectory = join(__dirname, 'wasm');

/** Owns the tensors: the loaded model and the last runs. One request works at a time. */
export class Engine {
  private readonly exclusive = new Exclusive();
  private readonly runs: RunStore;
  private readonly summaries = new WeightSummaries();
  private readonly batches = new Batches(wasmDirectory);
  private readonly documents = new KnownDocuments();
  private readonly loaded = new LoadedModel(this.documents);
  private readonly why: Handlers<EngineExplanations> & Pick<Handlers<EngineMethods>, 'changeRun'>;
  readonly handlers: Handlers<EngineMethods>;

  /** `onRuns` hears which runs are held, whenever that has changed. */
  constructor(onRuns: (runs: readonly number[]) => void) {
    this.runs = new RunStore(onRuns, (run) => this.loaded.of(run));
    const { exclusive, runs } = this;
    const modelOf = (run: StoredRun): BuiltModel | undefined => this.loaded.of(run);
    const explanations = new Explanations({ exclusive, runs, modelOf });
    const whatIf = changes(explanations, runs);
    this.why = { ...explanations.handlers, ...sanityChecks(explanations, runs), ...whatIf };
    this.handlers = this.answers();
  }

  private answers(): Handlers<EngineMethods> {
    const { exclusive, batches } = this;
    return {
      start: (params, { report }) => this.exclusive.run(() => this.start(params, report)),
      ...modelFiles,
      openDocument: ({ document }) => this.documents.add(document),
      // Beside what runs: it needs no model.
      examineWeights: (params) => openQuestions(params, this.documents),
      loadWeights: (params, context) =>
        this.exclusive.run(() => this.loaded.load(params, context), context.signal),
      saveWeights: (params, context) =>
        this.exclusive.run(() => this.saveWeights(params, context), context.signal),
      classify: (params, context) =>
        this.exclusive.run(() => this.classify(params, context), context.signal),
      // Beside what runs: it needs no model.
      prepare: (params) => this.batches.prepare(params),
      classifyPrepared: ({ batch }, { signal }) =>
        this.exclusive.run(() => this.together(this.batches.take(batch), signal), signal),
      thumbnail: async ({ bytes }) =>
        makePreview(await decodePicture(bytes, wasmDirectory), thumbnailSide),
      warmUp: (_, { signal }) => this.exclusive.run(() => this.warmUp(signal), signal),
      input: ({ runId }) => this.runs.get(runId).input,
      activation: ({ runId, layer }) => this.runs.activation(runId, layer),
      weightSummary: (params, context) =>
        this.exclusive.run(() => this.weightSummary(params, context), context.signal),
      filters: ({ layer, ...range }, { signal }) =>
        this.exclusive.run(
          () => Promise.resolve(layerFilters(this.loaded.model(), layer, range)),
          signal,
        ),
      keep: ({ runId }) => this.runs.keep(runId),
      compare: ({ a, b }) => compareRuns(this.runs.get(a), this.runs.get(b)),
      explainValue: (params) =>
        this.exclusive.run(() => Promise.resolve(this.explainValue(params))),
      ...this.why,
      ...likes({ exclusive, batches, loaded: () => this.loaded.model(), wasmDirectory }),
      usage: () => this.exclusive.run(() => Promise.resolve(engineUsage(this.runs.size))),
    };
  }

  private start(
    params: Params<'start'>,
    announce: (attempt: Attempt) => void,
  ): Promise<EngineInfo> {
    tf.enableProdMode();
    return startBackend(params, wasmDirectory, announce);
  }

  private weightSummary(
    { layer }: Params<'weightSummary'>,
    { signal, report }: Context,
  ): Promise<WeightSummary> {
    const reportSome = paced(progressMilliseconds, (what: string, fraction: number) =>
      report({ what, fraction }),
    );
    return this.summaries.of(this.loaded.model(), layer, { signal, report: reportSome });
  }

  private saveWeights(params: Params<'saveWeights'>, context: Context): Promise<SavedWeights> {
    return saveModel(this.loaded.model(), this.loaded.document(), params, context);
  }

  private async classify(
    { runId, bytes, preprocess: settings, passing }: Params<'classify'>,
    { signal, report }: Context,
  ): Promise<EngineRun> {
    const model = this.loaded.model();
    const shape = inputShape(model.network);
    const start = performance.now();
    report({ what: 'decoding the picture', fraction: 0 });
    const picture = await decodePicture(bytes, wasmDirectory);
    signal.throwIfAborted();
    const decoded = performance.now();
    const { values, seen } = pictureInput(picture, settings, shape);
    const prepared = performance.now();
    const { network } = model;
    const input = { shape, data: values };
    const { weightsId } = this.loaded;
    const about = { runId, network, weightsId, input, preprocess: settings };
    const kept = new RunInMaking(passing ? undefined : this.runs.valuesOf(about));
    const options = {
      signal,
      onLayer: paced(progressMilliseconds, (name: string, fraction: number) =>
        report({ what: `running ${name}`, fraction: 0.1 + 0.9 * fraction }),
      ),
    };
    const logits = await kept.guard(this.pass(model, values, options, (layer) => kept.take(layer)));
    const done = performance.now();
    if (kept.activations)
      this.runs.add({ ...about, activations: kept.activations, logits: kept.logits });
    const preview = makePreview(picture, previewSide);
    return {
      logits,
      layers: kept.layers,
      width: picture.width,
      height: picture.height,
      preview,
      thumbnail: makePreview(preview, thumbnailSide),
      seen,
      channels: inputChannels(values, shape[2]),
      milliseconds: {
        decode: decoded - start,
        preprocess: prepared - decoded,
        forward: done - prepared - kept.milliseconds,
      },
    };
  }

  /** One forward pass on zeros: the first one of a model takes several times as long as those that follow. */
  private async warmUp(signal: AbortSignal): Promise<void> {
    const model = this.loaded.coldModel;
    if (!model) return;
    const zeros = new Float32Array(elementCount(inputShape(model.network)));
    const quiet = { signal, onLayer: () => undefined };
    await this.pass(model, zeros, quiet, () => undefined);
  }

  private async pass(
    model: BuiltModel,
    picture: Float32Array,
    options: Parameters<typeof forwardEach>[2],
    take: Parameters<typeof forwardEach>[3],
  ): Promise<ForwardPass['logits']> {
    const inputs = new Map([[inputName(model.network), picture]]);
    const logits = await explainMemory(() => forwardEach(model, inputs, options, take));
    // TensorFlow takes the weights over as they are first used.
    if (this.loaded.noteWarm(model)) collectGarbage(Infinity);
    return logits;
  }

  private together(pictures: readonly Float32Array[], signal: AbortSignal) {
    const model = this.loaded.model();
    const [to = ''] = model.network.outputs;
    return explainMemory(() => forwardTogether(model, pictures, { to, signal }));
  }

  private explainValue(params: Params<'explainValue'>): ValueExplanation {
    const run = this.runs.get(params.runId);
    return explainValue(run, this.loaded.of(run), params);
  }
}
