import type { EngineState, PanelWeights, RunView } from '../../protocol/panelProtocol';
import { shortSetName } from './weightsRows';
import { pictureName } from '../../protocol/pictureWords';

/** What is shown and run, for a line at the window's edge. */
export interface InBrief {
  readonly status: EngineState['status'];
  /** Network and weights, short. */
  readonly text: string;
  readonly network: string;
  readonly weights: string;
  readonly engine: string;
}

interface Shown {
  /** What the network is called. */
  readonly title: string;
  readonly weights: PanelWeights;
  readonly engine: EngineState;
}

export function inBrief({ title, weights, engine }: Shown): InBrief {
  const { trained, published, name } = weights;
  return {
    status: engine.status,
    // What stands in brackets is said beside it.
    text: `${title.replace(/ \([^)]*\)$/, '')} · ${shortName(weights)}`,
    network: title,
    weights: trained ? (published?.name ?? name) : `${name}: labels mean nothing`,
    engine: engineWords(engine),
  };
}

/** What the panel's tab says: the picture, else the network. */
export function panelTitle(network: string, run: Pick<RunView, 'name'> | undefined): string {
  const what = run ? pictureName(run.name) : network;
  return what.includes('AlexNet') ? what : `${what} — AlexNet`;
}

const maxName = 24;

function shortName({ trained, published, name }: PanelWeights): string {
  if (!trained) return 'random';
  const own = published ? shortSetName(published) : name;
  return own.length > maxName ? `${own.slice(0, maxName - 1)}…` : own;
}

function engineWords(engine: EngineState): string {
  if (engine.status === 'stopped') return 'starts when needed';
  if (engine.status === 'starting') return 'is starting';
  if (engine.status === 'failed') return `failed: ${engine.why}`;
  const { backend, threads } = engine.info;
  return `${backend}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
}
