import { readModel } from '../../files/models/readModel';
import type { EngineModels, OpenedModel, ReadModelParams } from '../../protocol/modelCalls';
import type { Handlers } from '../../protocol/rpc';
import { openSource } from './openSource';

/** What the engine answers about models in files: their content is looked at here only, in a process of its own. */
export const modelFiles: Handlers<EngineModels> = { readModel: (params) => openedModel(params) };

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
