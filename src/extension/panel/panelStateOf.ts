import type { WhatIf } from '../../host/change/whatIf';
import type { Comparison } from '../../host/compare/comparison';
import type { EngineClient } from '../../host/engine/engineClient';
import type { Evaluator } from '../../host/evaluate/evaluator';
import type { PatchSearch } from '../../host/explain/patchSearch';
import type { Pictures } from '../../host/pictures/pictures';
import type { UpToDate } from '../../host/upToDate/upToDate';
import type { PreprocessChoices } from '../../host/session/preprocessChoices';
import type { Session } from '../../host/session/session';
import type { TaskQueue } from '../../host/task/taskQueue';
import type { Trainer } from '../../host/train/trainer';
import type { PanelState } from '../../protocol/panelProtocol';
import type { NativeEngine } from '../install/nativeEngine';
import type { WeightsChooser } from '../weights/weightsChooser';

interface Sources {
  readonly session: Session;
  readonly preprocessing: PreprocessChoices;
  readonly weights: Pick<WeightsChooser, 'offerLabel'>;
  readonly engine: Pick<EngineClient, 'state'>;
  readonly native: Pick<NativeEngine, 'canInstall'>;
  readonly pictures: Pick<Pictures, 'run' | 'state'>;
  readonly whatIf: Pick<WhatIf, 'state'>;
  readonly comparison: Pick<Comparison, 'state'>;
  readonly evaluator: Pick<Evaluator, 'state'>;
  readonly trainer: Pick<Trainer, 'state'>;
  readonly patches: Pick<PatchSearch, 'state'>;
  readonly upToDate: Pick<UpToDate, 'notice'>;
  readonly tasks: Pick<TaskQueue, 'state'>;
}

type DocumentPart =
  | 'picturesAside'
  | 'pictures'
  | 'notice'
  | 'documentId'
  | 'weights'
  | 'weightsId'
  | 'weightsOffer'
  | 'preprocess';

/** What the page is told, put together from those who know it. */
export class PanelStateOf {
  constructor(private readonly sources: Sources) {}

  get all(): PanelState {
    const { session, pictures, whatIf, comparison, evaluator, trainer, patches, tasks } =
      this.sources;
    return {
      ...this.ofDocument,
      ...this.ofEngine,
      documents: session.documents.pages,
      run: pictures.run,
      ...whatIf.state,
      ...comparison.state,
      ...evaluator.state,
      ...trainer.state,
      ...patches.state,
      ...tasks.state,
    };
  }

  /** What follows from the document and the choices that were made for it. */
  get ofDocument(): Pick<PanelState, DocumentPart> {
    const { session, preprocessing, weights: offers, upToDate } = this.sources;
    const { documentId, weights, weightsId } = session;
    const preprocess = preprocessing.of(documentId);
    const weightsOffer = offers.offerLabel;
    const { state } = this.sources.pictures;
    const { notice } = upToDate;
    return { documentId, weights, weightsId, weightsOffer, preprocess, ...state, notice };
  }

  get ofEngine(): Pick<PanelState, 'engine' | 'canInstallNative'> {
    const { engine, native } = this.sources;
    return { engine: engine.state, canInstallNative: native.canInstall };
  }
}
