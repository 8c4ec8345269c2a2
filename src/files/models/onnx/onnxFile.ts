import type { ByteSource } from '../../bytes/byteSource';
import type { OpenBeside } from '../../bytes/openBeside';
import { WeightsError } from '../../bytes/weightsError';
import type { ModelFile } from '../plans/modelFile';
import { onnxMetadata } from './metadata';
import { onnxPlans } from './onnxPlans';

/** Opens a model of ONNX; throws a WeightsError for a damaged one. */
export async function openOnnx(
  source: ByteSource,
  openBeside: OpenBeside,
  size: readonly [height: number, width: number],
): Promise<ModelFile> {
  const { model, plans, find, close } = await onnxPlans(source, openBeside, size);
  if (plans.outputs.length === 0) {
    await close();
    throw new WeightsError('the graph has no output that its layers compute');
  }
  const from = model.producer === '' ? '' : ` from ${model.producer}`;
  return {
    format: `ONNX (operators ${model.opset})${from}`,
    ...{ plans, find, close },
    missing: undefined,
    metadata: onnxMetadata(model.metadata),
  };
}
