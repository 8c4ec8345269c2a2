import { readChosenNames } from '../../files/labels/readNames';
import { readModel } from '../../files/models/readModel';
import type {
  EngineModels,
  OpenedModel,
  ReadLabelsParams,
  ReadModelParams,
} from '../../protocol/modelCalls';
import type { Handlers } from '../../protocol/rpc';
import { openSource } from './openSource';

/** What the engine answers about models in files: their content is looked at here only, in a process of its own. */
export const modelFiles: Handlers<EngineModels> = {
  readModel: (params) => openedModel(params),
  readLabels: (params) => namesIn(params),
};

async function namesIn({ at, name }: ReadLabelsParams): Promise<readonly string[]> {
  const { bytes: source } = await openSource(at);
  try {
    return await readChosenNames(source, name);
  } finally {
    await source.close();
  }
}

async function openedModel({ at, ...about }: ReadModelParams): Promise<OpenedModel> {
  const { bytes: source, beside: openBeside } = await openSource(at);
  try {
    const { document, weights, remarks, close } = await readModel({ ...about, source, openBeside });
    await close();
    return { document, remarks: [...weights.problems.map(({ sentence }) => sentence), ...remarks] };
  } finally {
    await source.close();
  }
}
