import { blocks, type Block } from '../../network/blocks';
import { kindTitle } from '../../network/layers/layerRules';
import { layerNamed, type UnresolvedLayer } from '../../network/network';
import { isMapShape } from '../../network/tensor/shape';
import { summarize, type LayerSummary, type NetworkSummary } from '../../network/summary';
import type { LayerRun } from '../../protocol/runMaps';
import type { LayerCams } from '../../protocol/explanation';
import type { PageDocument, PanelState, RunView, PanelChange } from '../../protocol/panelProtocol';
import type { LayerData } from './layerData';
import type { Fact } from '../draw/factList';
import { layerFacts } from '../layers/layerFacts';
import { camMap, heatMap, type HeatMap } from '../draw/heatMap';
import type { Resource } from '../draw/resource';
import { withChangedRun } from './changedRun';
import { camTarget, shownCams } from './layerCams';
import type { ViewId, ViewState } from './viewState';

/** A document and what follows from it; the same object as long as the document is the same. */
export interface Shown {
  readonly document: PageDocument;
  readonly summary: NetworkSummary;
  /** Layers without an output, in running order. */
  readonly unresolved: readonly UnresolvedSummary[];
  readonly blocks: readonly Block[];
}

/** What can be told of a layer that has no output, and so no numbers. */
export interface UnresolvedSummary extends Pick<UnresolvedLayer, 'name' | 'inputs' | 'problem'> {
  /** What a person calls its kind. */
  readonly title: string;
}

/** Everything the page draws: the host's state, the person's view, and what follows from both. */
export interface Model {
  readonly state: PanelState;
  readonly view: ViewState;
  readonly shown: Shown;
  readonly data: LayerData;
  /** The run, if it was of the document that is shown. */
  readonly run: RunView | undefined;
  /** The run on screen as it was before anything was changed; the same run where nothing is. */
  readonly original: RunView | undefined;
  /** What blocks show on their faces: the run, or one of other choices until there is a new one. */
  readonly faces: RunView | undefined;
  /** Grad-CAM of what blocks show, where a person looks at that. */
  readonly cams: Resource<LayerCams> | undefined;
  /** The result on screen is of other choices than those of now. */
  readonly isOld: boolean;
  /** A new one is under way. */
  readonly isRenewed: boolean;
}

const known = new WeakMap<PageDocument, Shown>();

/** The model of a host state and a view. */
export function modelOf(sent: PanelState, view: ViewState, data: LayerData): Model {
  const state = withChangedRun(sent);
  const original = sent.run;
  const run = state.run?.documentId === state.documentId ? state.run : undefined;
  const shown = shownDocument(state);
  const { kind } = state.notice ?? {};
  const isRenewed = kind === 'running';
  const exists = allLayers(shown).some(({ name }) => name === view.selected);
  return {
    state,
    view: {
      ...view,
      documentId: state.documentId,
      selected: exists ? view.selected : undefined,
      view: canShow(view.view, state) ? view.view : 'graph',
      colouring: view.colouring === 'time' && !run ? 'kind' : view.colouring,
    },
    shown,
    data,
    run,
    original,
    faces: state.run,
    cams: original && shownCams(state.run, camTarget(original, view.explain), { view, data }),
    isOld: isRenewed || kind === 'outdated' || run !== state.run,
    isRenewed,
  };
}

function canShow(
  view: ViewId,
  { comparison, pictures, evaluation, training }: PanelState,
): boolean {
  if (view === 'compare') return comparison !== undefined;
  if (view === 'evaluate') return evaluation !== undefined;
  if (view === 'train') return training !== undefined;
  return view !== 'results' || pictures !== undefined;
}

export function layerSummary({ shown }: Model, name: string): LayerSummary | undefined {
  return shown.summary.layers.find((layer) => layer.name === name);
}

/** All layers with what can be searched for; those without an output have no shape. */
export function allLayers({ summary, unresolved }: Shown): readonly SearchedLayer[] {
  return [...summary.layers, ...unresolved];
}

/** A layer as the search sees it. */
export interface SearchedLayer extends Pick<LayerSummary, 'name' | 'title'> {
  readonly outputShape?: LayerSummary['outputShape'];
}

/** The facts of a layer, with the time it took where it ran. */
export function factsOf({ shown, run }: Model, summary: LayerSummary): readonly Fact[] {
  const layerRun = runOf(run, summary.name);
  return layerFacts({
    layer: layerNamed(shown.document.network, summary.name),
    summary,
    totals: shown.summary.totals,
    timing: run && layerRun && { milliseconds: layerRun.milliseconds, backend: run.backend },
  });
}

/** The heatmap of a layer in the mode the person chose; undefined without a run. */
export function mapOf(
  { run, view, cams }: Pick<Model, 'run' | 'view' | 'cams'>,
  layer: string,
): HeatMap | undefined {
  const layerRun = runOf(run, layer);
  if (!layerRun) return undefined;
  if (view.heat !== 'gradCam') return heatMap(layerRun, view.heat);
  const all = cams?.status === 'ready' ? cams.value.layers : [];
  const cam = all.find(({ name }) => name === layer);
  return cam && camMap(cam);
}

/** The channel of a layer that is looked at, or its unit: the one that answers most until a person chooses. */
export function channelOf(
  { run, view }: Pick<Model, 'run' | 'view'>,
  { name, outputShape }: Pick<LayerSummary, 'name' | 'outputShape'>,
): number {
  const { channel } = view;
  if (channel !== undefined && channel < (outputShape.at(-1) ?? 0)) return channel;
  const layerRun = runOf(run, name);
  if (!layerRun) return 0;
  return isMapShape(outputShape) ? layerRun.strongestChannel : largest(layerRun.mean);
}

function largest(values: Float32Array): number {
  return values.reduce((best, value, index) => (value > (values[best] ?? NaN) ? index : best), 0);
}

/** Milliseconds by layer; empty without a run. */
export function timesOf(run: RunView | undefined): ReadonlyMap<string, number> {
  return new Map(run?.layers.map(({ name, milliseconds }) => [name, milliseconds]));
}

/** Whether the loaded weights, or those of the run on screen, are untrained: class labels mean nothing then. */
export function isUntrained({ weights, run }: PanelState): boolean {
  return !weights.trained || run?.trained === false;
}

function runOf(run: RunView | undefined, layer: string): LayerRun | undefined {
  return run?.layers.find(({ name }) => name === layer);
}

function shownDocument({ documents, documentId }: PanelState): Shown {
  const document = documents.find(({ id }) => id === documentId);
  if (!document) throw new Error(`the host shows ${documentId}, which it has not sent`);
  const shown = known.get(document) ?? derive(document);
  known.set(document, shown);
  return shown;
}

function derive(document: PageDocument): Shown {
  const { network } = document;
  const unresolved = network.unresolved.map(({ name, settings, inputs, problem }) => {
    return { name, inputs, problem, title: kindTitle(settings) };
  });
  return { document, summary: summarize(network), unresolved, blocks: blocks(network) };
}

const cleared = [
  'run',
  'whatIf',
  'changed',
  'notice',
  'pictures',
  'picturesAside',
  'comparison',
  'evaluation',
  'training',
  'patches',
  'reference',
  'work',
  'problem',
] as const;

/** The state with the parts that changed; a part that is null is cleared. */
export function applyChange(state: PanelState, change: PanelChange): PanelState {
  const next: Record<string, unknown> = { ...state, ...change };
  if (change.documents) next['documents'] = withKnown(change.documents, state.documents);
  for (const part of cleared) next[part] ??= undefined;
  return next as unknown as PanelState;
}

/** What is drawn of a document is kept by the document: one that was sent again is the one that is known. */
function withKnown(
  sent: readonly PageDocument[],
  before: readonly PageDocument[],
): readonly PageDocument[] {
  return sent.map((document) => {
    const known = before.find(({ id }) => id === document.id);
    return known && JSON.stringify(known) === JSON.stringify(document) ? known : document;
  });
}
