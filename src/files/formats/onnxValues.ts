import type { ByteSource } from '../bytes/byteSource';
import { WeightsError } from '../bytes/weightsError';
import type { OnnxWeight, QuantisedBy } from '../containers/onnxConstants';
import { ExternalFiles } from '../containers/onnxExternal';
import type { OnnxGraph } from '../containers/onnxGraph';
import type { OnnxTensor, TensorNumbers } from '../containers/onnxTensor';
import { isFloatTensor, isIntegerTensor, onnxNumbers } from '../containers/onnxTensor';
import type { Scaling } from '../tensors/quantised';
import { checkScaling, dequantise } from '../tensors/quantised';
import type { TensorInFile } from '../tensors/tensorFile';
import type { OpenBeside } from '../bytes/openBeside';

/** Bound of a short list's axis; AlexNet's longest has 9216. */
const maxCount = 2 ** 14;

/** The values of a graph's constants, in the model or in the files beside it. */
export class OnnxValues {
  private readonly files: ExternalFiles;

  constructor(
    private readonly source: ByteSource,
    private readonly graph: OnnxGraph,
    openBeside: OpenBeside,
  ) {
    this.files = new ExternalFiles(openBeside);
  }

  close(): Promise<void> {
    return this.files.close();
  }

  /** A constant as a tensor of floats; throws a WeightsError where its numbers do not agree with its shape. */
  async tensor({ tensor, quantised }: OnnxWeight): Promise<TensorInFile> {
    const { name, shape } = tensor;
    if (!quantised && isIntegerTensor(tensor)) {
      throw new WeightsError(`${name} holds integers, but nothing says how to scale them`);
    }
    const { byteLength, pieces } = await this.numbers(tensor);
    if (!quantised) return { name, shape, byteLength, pieces: () => floats(pieces()) };
    const scaling = checkScaling(name, shape, await this.scaling(name, quantised));
    return { name, shape, byteLength, pieces: () => dequantise(pieces(), shape, scaling) };
  }

  /** All numbers of a short list, which must not be quantised. */
  async list(tensor: OnnxTensor): Promise<Float32Array> {
    const { name, shape } = tensor;
    const numbers = await this.numbers(tensor);
    if (shape.some((size) => size > maxCount) || numbers.byteLength > maxCount * 8) {
      throw new WeightsError(`${name} has shape [${shape.join(', ')}], too many scales`);
    }
    const values: number[] = [];
    for await (const piece of numbers.pieces()) for (const value of piece) values.push(value);
    return Float32Array.from(values);
  }

  private numbers(tensor: OnnxTensor): Promise<TensorNumbers> {
    return onnxNumbers(
      this.source,
      (external, length) => this.files.find(external, length),
      tensor,
    );
  }

  private async scaling(
    weight: string,
    { scales, zeroPoint, axis }: QuantisedBy,
  ): Promise<Scaling> {
    let scale = Float32Array.of(1);
    for (const name of scales) {
      const tensor = this.graph.tensors.get(name);
      if (tensor && !isFloatTensor(tensor)) throw new WeightsError(`${name} is no scale of floats`);
      scale = product(weight, scale, await this.scalingConstant(weight, name));
    }
    const zero = zeroPoint
      ? await this.scalingConstant(weight, zeroPoint)
      : new Float32Array(scale.length);
    return { scale, zeroPoint: zero, axis };
  }

  private scalingConstant(weight: string, name: string): Promise<Float32Array> {
    const tensor = this.graph.tensors.get(name);
    if (tensor) return this.list(tensor);
    throw new WeightsError(`${weight} is scaled by ${JSON.stringify(name)}, which is no constant`);
  }
}

async function* floats(pieces: ReturnType<TensorNumbers['pieces']>): AsyncGenerator<Float32Array> {
  for await (const piece of pieces) {
    yield piece instanceof Float32Array ? piece : Float32Array.from(piece);
  }
}

/** Multiplies scales, of one or of many channels, in float32. */
function product(weight: string, a: Float32Array, b: Float32Array): Float32Array<ArrayBuffer> {
  const length = Math.max(a.length, b.length);
  if ([a, b].some((values) => values.length !== 1 && values.length !== length)) {
    throw new WeightsError(`${weight} has scales of ${a.length} and ${b.length} values`);
  }
  const at = (values: Float32Array, i: number): number => values[values.length === 1 ? 0 : i] ?? 0;
  return Float32Array.from({ length }, (_, i) => at(a, i) * at(b, i));
}
