import type { PageDrawing } from '../../protocol/pageDrawing';
import type { RunView } from '../../protocol/panelProtocol';
import type { GraphPicture } from '../graph/graphDrawing';
import { layerStats } from '../draw/channelStats';
import { type Picture, pngBytes, svgPngBytes } from './png';
import { mapOf, type Model } from '../state/model';
import { scaleOf } from '../graph/drawNode';
import { withScale } from './graphScale';
import { graphSvg } from './graphSvg';
import { channelPicture, mapPicture, sheetPicture } from './layerPicture';

export interface DrawContext {
  readonly model: Model;
  readonly graph: () => GraphPicture;
}

/** Sharp on a screen of high density and in print. */
const graphFactor = 2;

/** The bytes of an SVG or a PNG, in the scale and colours on screen. */
export async function drawPicture(what: PageDrawing, context: DrawContext): Promise<Uint8Array> {
  const { model } = context;
  if (what.kind === 'graph') return await graphBytes(what.format, context);
  if (!model.run) throw new Error(`${what.layer} has not run; classify a picture first`);
  return await pngBytes(await layerPicture(what, model, model.run));
}

export type LayerDrawing = Exclude<PageDrawing, { readonly kind: 'graph' }>;

async function layerPicture(what: LayerDrawing, model: Model, run: RunView): Promise<Picture> {
  const { layer } = what;
  if (what.kind === 'map') {
    const map = mapOf(model, layer);
    if (!map) throw new Error(`${layer} has no map`);
    return mapPicture(map);
  }
  const stats = layerStats(await model.data.activationNow(run.runId, layer));
  const looks = model.view.channels;
  return what.kind === 'sheet'
    ? sheetPicture(stats, looks)
    : channelPicture(stats, what.channel, looks);
}

async function graphBytes(
  format: 'svg' | 'png',
  { model, graph }: DrawContext,
): Promise<Uint8Array> {
  const picture = model.view.colouring === 'kind' ? graph() : withScale(graph(), scaleOf(model));
  const svg = graphSvg(picture, `AlexNet, ${model.shown.document.title}`);
  return format === 'svg'
    ? new TextEncoder().encode(svg)
    : await svgPngBytes(svg, picture, graphFactor);
}
