import { layerFileName } from '../../protocol/exportName';
import type { HostMethods, RunView } from '../../protocol/panelProtocol';
import type { GraphPicture } from '../graph/graphView';
import { layerStats, type LayerStats } from '../heat/channelStats';
import type { Picture } from '../heat/enlarge';
import { mapOf, type Model } from '../state/model';
import type { Export } from './exportItems';
import { graphSvg } from './graphSvg';
import { channelPicture, mapPicture, sheetPicture } from './layerPicture';
import { pngBytes, svgPngBytes } from './pngBytes';

export interface ExportContext {
  readonly model: Model;
  readonly graph: () => GraphPicture;
  readonly tell: <K extends keyof HostMethods>(method: K, params: HostMethods[K]['params']) => void;
}

/** Sharp on a screen of high density and in print. */
const graphFactor = 2;

/** Draws what the host cannot, and hands the rest to it; the host asks where to. */
export async function exportAs(what: Export, context: ExportContext): Promise<void> {
  const { model, tell } = context;
  const { run } = model;
  if (what.kind === 'table') {
    tell('exportTable', undefined);
  } else if (what.kind === 'graph') {
    await saveGraph(what.format, context);
  } else if (!run) {
    throw new Error(`${what.layer} has not run; classify a picture first`);
  } else if (what.kind === 'values') {
    const { layer, channel } = what;
    const { runId } = run;
    tell('exportActivation', { runId, layer, ...(channel !== undefined && { channel }) });
  } else {
    const name = `${layerFileName(run, what.layer, ...nameParts(what, model))}.png`;
    const bytes = await pngBytes(await layerPicture(what, model, run));
    tell('saveFile', { suggestedName: name, bytes });
  }
}

type LayerExport = Extract<Export, { readonly kind: 'map' | 'channel' | 'sheet' }>;

function nameParts(what: LayerExport, { view }: Model): readonly (string | number)[] {
  if (what.kind === 'map') return [view.heat];
  return what.kind === 'sheet' ? ['channels'] : ['channel', what.channel];
}

async function layerPicture(what: LayerExport, model: Model, run: RunView): Promise<Picture> {
  const { layer } = what;
  if (what.kind === 'map') {
    const map = mapOf(model, layer);
    if (!map) throw new Error(`${layer} has no map`);
    return mapPicture(map);
  }
  const stats = await statsOf(model, run, layer);
  const looks = model.view.channels;
  return what.kind === 'sheet'
    ? sheetPicture(stats, looks)
    : channelPicture(stats, what.channel, looks);
}

async function statsOf({ data }: Model, { runId }: RunView, layer: string): Promise<LayerStats> {
  return layerStats(await data.activationNow(runId, layer));
}

async function saveGraph(
  format: 'svg' | 'png',
  { model, graph, tell }: ExportContext,
): Promise<void> {
  const picture = graph();
  const { variant } = model.shown;
  const svg = graphSvg(picture, `AlexNet, ${variant.title}`);
  const bytes =
    format === 'svg' ? new TextEncoder().encode(svg) : await svgPngBytes(svg, picture, graphFactor);
  tell('saveFile', { suggestedName: `alexnet-${variant.id}.${format}`, bytes });
}
