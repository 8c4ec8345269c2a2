import * as tf from '@tensorflow/tfjs-core';
import { join } from 'node:path';
import { decodePicture } from '../imaging/decodePicture';
import { preprocess } from '../imaging/preprocess';
import { isMapShape } from '../network/shape';
import { variants } from '../network/variants/variants';
import type {
  EngineInfo,
  EngineMethods,
  EngineRun,
  EngineUsage,
  WeightsInfo,
} from '../protocol/engineProtocol';
import type { CallContext, Handlers } from '../protocol/rpc';
import { startBackend } from './backends/startBackend';
import { EngineError } from './engineError';
import { Exclusive } from '../protocol/exclusive';
import type { BuiltModel } from './model/builtModel';
import { buildModel } from './model/builtModel';
import { explainMemory } from './outOfMemory';
import { forward } from './run/forward';
import { makePreview } from './run/makePreview';
import { summarizeMap } from './run/mapSummary';
import { RunStore } from './run/runStore';
import { openWeights } from './openWeights';

type Params<K extends keyof EngineMethods> = EngineMethods[K]['params'];
type Context = CallContext<EngineMethods['classify']['progress']>;

/** Where the picture decoders' WebAssembly lies: beside the bundle. */
const wasmDirectory = join(__dirname, 'wasm');

/** Node counts maxRSS in these. */
const bytesPerKilobyte = 1024;

/** Owns the tensors: the loaded model and the last runs. One request works at a time. */
export class Engine {
  private readonly exclusive = new Exclusive();
  private readonly runs = new RunStore();
  private model: BuiltModel | undefined;

  readonly handlers: Handlers<EngineMethods> = {
    start: (params) => this.exclusive.run(() => this.start(params)),
    loadWeights: (params, context) =>
      this.exclusive.run(() => this.loadWeights(params, context), context.signal),
    classify: (params, context) =>
      this.exclusive.run(() => this.classify(params, context), context.signal),
    input: ({ runId }) => this.runs.get(runId).input,
    activation: ({ runId, layer }) => this.runs.activation(runId, layer),
    usage: () => this.exclusive.run(() => Promise.resolve(this.usage())),
  };

  private start(params: Params<'start'>): Promise<EngineInfo> {
    tf.enableProdMode();
    return startBackend(params);
  }

  /** Everything is read and checked before the model in use is let go. */
  private async loadWeights(
    { variant, source }: Params<'loadWeights'>,
    { signal, report }: Context,
  ): Promise<WeightsInfo> {
    const opened = await openWeights(source, variant, {
      signal,
      onTensor: (name, fraction) => report({ what: `reading ${name}`, fraction: fraction * 0.8 }),
    });
    report({ what: 'building the network', fraction: 0.8 });
    this.model?.dispose();
    this.model = undefined;
    const { network } = variants[opened.info.variant];
    this.model = explainMemory(() => buildModel(network, opened.weights));
    return opened.info;
  }

  private async classify(
    { runId, bytes, preprocess: settings }: Params<'classify'>,
    { signal, report }: Context,
  ): Promise<EngineRun> {
    const { model } = this;
    if (!model) throw new EngineError('no weights are loaded yet');
    const shape = inputShapeOf(model);
    const start = performance.now();
    report({ what: 'decoding the picture', fraction: 0 });
    const picture = await decodePicture(bytes, wasmDirectory);
    signal.throwIfAborted();
    const decoded = performance.now();
    const { tensor, seen } = preprocess(picture, settings, shape[0], shape[1]);
    const prepared = performance.now();
    const pass = await forward(model, tensor, shape, {
      signal,
      onLayer: (name, fraction) =>
        report({ what: `running ${name}`, fraction: 0.1 + 0.9 * fraction }),
    });
    const done = performance.now();
    this.runs.add({
      runId,
      input: { shape, data: tensor },
      activations: new Map(
        pass.outputs.map(({ layer, values }) => [
          layer.name,
          { shape: layer.outputShape, data: values },
        ]),
      ),
    });
    return {
      logits: pass.logits,
      layers: pass.outputs.map(({ layer, values, milliseconds }) => ({
        name: layer.name,
        outputShape: layer.outputShape,
        milliseconds,
        ...summarizeMap(values, layer.outputShape),
      })),
      width: picture.width,
      height: picture.height,
      preview: makePreview(picture),
      seen,
      milliseconds: {
        decode: decoded - start,
        preprocess: prepared - decoded,
        forward: done - prepared,
      },
    };
  }

  private usage(): EngineUsage {
    const { numTensors, numBytes } = tf.memory();
    const peakBytes = process.resourceUsage().maxRSS * bytesPerKilobyte;
    return { tensors: numTensors, tensorBytes: numBytes, peakBytes, runs: this.runs.size };
  }
}

function inputShapeOf({ network }: BuiltModel): readonly [number, number, number] {
  const shape = network.layers.find((layer) => layer.name === network.input)?.outputShape ?? [];
  if (isMapShape(shape)) return shape;
  throw new EngineError(`the network takes no picture: its input is ${shape.join(' x ')}`);
}
