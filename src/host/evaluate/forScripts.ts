import { join } from 'node:path';
import { library } from '../../library/alexNets';
import { catalogue } from '../../library/catalogue';
import type { ModelDocument } from '../../network/modelDocument';
import type { EngineInfo } from '../../protocol/engineProtocol';
import type { EvaluationReport, PanelEvaluation } from '../../protocol/evaluation';
import { Documents } from '../documents';
import { EngineClient } from '../engine/engineClient';
import { Choices } from '../pictures/choices';
import { PreprocessChoices } from '../session/preprocessChoices';
import { Session } from '../session/session';
import { TaskQueue } from '../task/taskQueue';
import { randomChoice, standardChoices } from '../weights/weightsChoice';
import { diskFile, diskTree } from './diskTree';
import { Evaluator } from './evaluator';
import { labelFolder, noQuestions } from './labelFolder';

export { accuracyWords, evaluationWords, progressWords } from '../../protocol/evaluationWords';

interface ScriptOptions {
  readonly folder: string;
  readonly network: string;
  /** A file of weights, or `random`; those that come with the extension where it is left out, else random ones. */
  readonly weights: string | undefined;
  /** Where those that come with the extension lie. */
  readonly shippedFolder: string;
  /** Those that there are; the library's where it is left out. */
  readonly documents?: readonly ModelDocument[];
  /** The built engine. */
  readonly bundle: string;
  /** tfjs-node's addon, where there is one. */
  readonly addon: string | undefined;
  readonly signal: AbortSignal;
  readonly onProgress: (evaluation: PanelEvaluation) => void;
}

interface ScriptResult {
  /** Undefined where it was stopped before anything was done. */
  readonly ended: PanelEvaluation | undefined;
  readonly report: EvaluationReport | undefined;
  readonly csv: string;
  readonly engine: EngineInfo;
}

/** The product's own evaluation without VS Code, for `npm run evaluate`. */
export async function evaluateOnDisk(options: ScriptOptions): Promise<ScriptResult> {
  const { folder, network, weights, shippedFolder, bundle, addon, signal, onProgress } = options;
  const engine = new EngineClient({
    bundle,
    addon: () => (addon === undefined ? { why: 'none is known here' } : { path: addon }),
    settings: () => ({ backend: 'auto', idleMilliseconds: 60_000 }),
  });
  const tasks = new TaskQueue({
    visible: false,
    update: () => undefined,
    showError: () => undefined,
    showProgress: () => undefined,
  });
  try {
    const documents = new Documents(options.documents ?? library);
    const standard = standardChoices(catalogue, ({ shipped = '' }) => join(shippedFolder, shipped));
    const session = new Session(engine, tasks, documents, network, standard);
    if (weights !== undefined) {
      const isRandom = weights === 'random';
      const choice = isRandom ? randomChoice : ({ kind: 'file', file: diskFile(weights) } as const);
      await tasks.serve('loading weights', (task) => session.loadWeights(choice, task), signal);
    }
    const preprocessing = new PreprocessChoices({
      documents,
      kept: undefined,
      keep: () => undefined,
      warn: () => undefined,
    });
    const evaluator = new Evaluator({
      session,
      engine,
      tasks,
      preprocessing,
      choices: new Choices(session, preprocessing),
      onChange: ({ evaluation }) => evaluation && onProgress(evaluation),
      classify: () => Promise.reject(new Error('there is no panel')),
    });
    const labelled = await labelFolder(diskTree(folder), session.document, noQuestions, signal);
    signal.addEventListener('abort', () => evaluator.stop());
    const ended = labelled && (await evaluator.evaluate(labelled));
    const { report, csv } = ended ? evaluator : { report: undefined, csv: '' };
    return { ended, report, csv, engine: await engine.start() };
  } finally {
    engine.dispose();
  }
}
