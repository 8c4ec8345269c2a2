import { heatImage, pictureImage } from '../draw/pixelImage';
import type { GraphNode } from './layout/graphNodes';
import { mapOf, type Model } from '../state/model';
import type { FaceImage } from './drawFace';
import type { NodeLooks } from './drawNode';

/** What a block shows besides its shape: its map or picture, and its share of the parameters. */
export function nodeLooks(model: Model, node: GraphNode): NodeLooks {
  const { parameters } = model.shown.summary.totals;
  return {
    image: faceImage(model, node),
    share: parameters > 0 ? node.parameters / parameters : 0,
  };
}

function faceImage(model: Model, node: GraphNode): FaceImage | undefined {
  const layer = node.layers.at(-1) ?? node.id;
  if (model.run && node.family === 'input') {
    return { url: pictureImage(model.run.seen), pixelated: false, dead: false };
  }
  const map = mapOf(model, layer);
  return map && { url: heatImage(map), pixelated: true, dead: map.scale.dead };
}
