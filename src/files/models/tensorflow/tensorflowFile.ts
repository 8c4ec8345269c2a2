import type { ByteSource } from '../../bytes/byteSource';
import type { OpenBeside } from '../../bytes/openBeside';
import { WeightsError } from '../../bytes/weightsError';
import { fieldsOf, readSmallJson } from '../../containers/smallJson';
import { maxTfjsJsonBytes } from '../../formats/tfjsModel';
import type { ModelFile } from '../plans/modelFile';
import { tensorflowPlans } from './tensorflowPlans';

/** A graph model of TensorFlow.js' converter; undefined where the file is a layers model. Throws a WeightsError for a damaged one. */
export async function openTfjsGraph(
  source: ByteSource,
  openBeside: OpenBeside,
  size: readonly [height: number, width: number],
): Promise<ModelFile | undefined> {
  const model = fieldsOf(await readSmallJson(source, maxTfjsJsonBytes)) ?? {};
  if (!Array.isArray(fieldsOf(model['modelTopology'])?.['node'])) return undefined;
  const { plans, find, missing, close } = await tensorflowPlans(model, openBeside, size);
  if (plans.outputs.length === 0) {
    await close();
    throw new WeightsError('the graph has no output that its layers compute');
  }
  const { generatedBy } = model;
  const from = typeof generatedBy === 'string' ? ` from TensorFlow ${generatedBy}` : '';
  return {
    format: `TensorFlow.js graph${from}`,
    ...{ plans, find, missing, close },
    metadata: model['userDefinedMetadata'],
  };
}
