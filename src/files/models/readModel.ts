import { headBytes } from '../../content/content';
import { refusal } from '../../content/refusal';
import { assemble } from '../../network/assemble';
import type { ModelDocument } from '../../network/modelDocument';
import type { Network } from '../../network/network';
import { NetworkError } from '../../network/tensor/networkError';
import { formatShape, sameShape } from '../../network/tensor/shape';
import type { ByteSource } from '../bytes/byteSource';
import { findingBeside } from '../bytes/findBeside';
import type { OpenBeside } from '../bytes/openBeside';
import { WeightsError } from '../bytes/weightsError';
import { openModelFile } from './modelFile';
import { findLabels } from './labels';
import type { ModelFile } from './plans/modelFile';
import type { ModelPlans } from './plans/modelPlans';
import { modelWeights, type ModelWeights } from './plans/modelWeights';
import { findPreprocess } from './prepare/findPreprocess';

/** A model's file, and what lies beside it. */
export interface ModelSource {
  /** Unique in a window: becomes the document's. */
  readonly id: string;
  /** The file's name and address, as a person knows them. */
  readonly name: string;
  readonly uri: string;
  readonly source: ByteSource;
  readonly openBeside: OpenBeside;
  /** Height and width where the file leaves them open; 224 x 224 where it is left out. */
  readonly size?: readonly [height: number, width: number];
}

/** What a file holds of a model: a network, which may be at fault in parts, and its weights. */
export interface ReadModel {
  readonly document: ModelDocument;
  /** Values by the network's names, and why the model cannot run with them, where it cannot. */
  readonly weights: ModelWeights;
  /** Whole sentences for a person: where the file contradicts itself, and what was assumed. */
  readonly remarks: readonly string[];
  /** Inputs whose height or width the file leaves open. */
  readonly open: readonly string[];
  /** Lets go of what was opened, but for the source itself. */
  close(): Promise<void>;
}

const usualSize = [224, 224] as const;

/**
 * Reads a model whole: ONNX, a `.keras` archive, a whole-model `.h5` of Keras 1 to 3, or a layers or graph model of
 * TensorFlow.js.
 * Layers at fault are `unresolved` in its network, with the arithmetic; nothing in the file is run. Throws a WeightsError where the file
 * holds no model whose graph is data.
 */
export async function readModel(from: ModelSource): Promise<ReadModel> {
  const { source, openBeside, size } = from;
  const file = await openModelFile(source, openBeside, size ?? usualSize);
  if (!file) throw new WeightsError(await refuse(source));
  try {
    const { plans } = file;
    const network = assembled(plans);
    const { remarks, ...about } = await whatIsSaid(from, file, network);
    const isOpen = plans.open.some((name) => name === network.inputs[0]);
    const document: ModelDocument = {
      ...{ id: from.id, title: from.name, description: `${file.format}, ${plans.name}` },
      origin: { kind: 'file', name: from.name, uri: from.uri },
      ...{ network, ...about, reasons: {} },
      ...(isOpen && { sizeFrom: size ? 'chosen' : 'assumed' }),
    };
    const weights = await weightsIn(file, network);
    const assumed = size ? [] : assumedSize(plans);
    const said = [...contradictions(network, plans), ...assumed, ...remarks];
    return { document, weights, remarks: said, open: plans.open, close: file.close };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** How pictures are prepared for a model, and what its classes are called. */
async function whatIsSaid(
  { name, openBeside }: ModelSource,
  { format, metadata, plans }: ModelFile,
  network: Network,
): Promise<
  Pick<ModelDocument, 'preprocess' | 'preparedFrom' | 'labels'> & Pick<ReadModel, 'remarks'>
> {
  const findBeside = findingBeside(openBeside);
  const stem = name.replace(/\.\w+$/, '');
  const names = [stem, plans.name, ...plans.layers.flatMap(({ path }) => path.slice(0, -1))];
  const { preprocess, source: preparedFrom } = await findPreprocess(
    network,
    { format, names, metadata },
    findBeside,
  );
  const { labels, remark } = await findLabels(network, { name, metadata }, findBeside);
  return { preprocess, preparedFrom, labels, remarks: remark === undefined ? [] : [remark] };
}

/** The weights that a model's file holds for a network that was read from it. */
export async function openModelWeights(
  source: ByteSource,
  openBeside: OpenBeside,
  network: Network,
): Promise<ModelWeights & Pick<ReadModel, 'close'>> {
  const file = await openModelFile(source, openBeside, usualSize);
  if (!file) throw new WeightsError(await refuse(source));
  try {
    return { ...(await weightsIn(file, network)), close: file.close };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function weightsIn(
  { plans, find, missing }: ModelFile,
  network: Network,
): Promise<ModelWeights> {
  const { weights, problems } = await modelWeights(network, plans.layers, find);
  const whole = missing === undefined ? [] : [{ layer: '', sentence: missing }];
  return { weights, problems: [...problems, ...whole] };
}

/** A graph that cannot even be drawn is the file's fault. */
function assembled({ plans, inputs, outputs }: ModelPlans): Network {
  try {
    return assemble(plans, { inputs, outputs });
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    throw new WeightsError(error.message, { cause: error });
  }
}

function contradictions({ layers }: Network, { stated }: ModelPlans): readonly string[] {
  return layers.flatMap(({ name, inputShapes: [own] }) => {
    const said = stated.get(name);
    if (!said || !own || sameShape(said, own)) return [];
    return [
      `${name}: the file states an input of ${formatShape(said)}, and its layers give ${formatShape(own)}.`,
    ];
  });
}

function assumedSize({ open }: ModelPlans): readonly string[] {
  return open.map(
    (name) =>
      `${name}: the file leaves its size open; ${formatShape(usualSize)} is assumed, which “AlexNet: Choose Input Size…” changes.`,
  );
}

async function refuse(source: ByteSource): Promise<string> {
  const head = await source.read(0, Math.min(headBytes, source.size));
  return refusal(head, { noun: 'a model', formats: ['.onnx', '.keras', '.h5', 'model.json'] });
}
