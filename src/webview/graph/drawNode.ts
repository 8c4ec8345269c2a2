import { select, type Selection } from 'd3-selection';
import { lineHeight, outline, type PlacedNode } from './layout/placedNode';
import { drawFace, type FaceImage } from './drawFace';
import { heatImage, pictureImage } from '../draw/pixels';
import type { GraphNode } from './layout/graphNodes';
import { mapOf, timesOf, type Model } from '../state/model';
import {
  amountOf,
  amountPosition,
  amounts,
  amountScale,
  strength,
  type AmountScale,
} from './colouring';

type Group = Selection<SVGGElement, unknown, null, undefined>;

const ringMargin = 5;
const barHeight = 3;
/** The bar of the parameters' share is as wide as a label usually is. */
const barWidth = 56;

/** What is drawn on a node besides its geometry. */
export interface NodeLooks {
  readonly image: FaceImage | undefined;
  /** The last line under the block, and the part of the network's whole, from 0 to 1; nothing where it has none. */
  readonly cost: { readonly words: string; readonly share: number } | undefined;
  /** How strongly the block is coloured, from 0 to 1; 'kind' where its kind decides. */
  readonly colour: number | 'kind';
}

/** What each node was drawn of. */
const drawn = new WeakMap<
  SVGGElement,
  { readonly placed: PlacedNode; readonly looks: NodeLooks }
>();

/**
 * Draws a node's block and share bar into its button, and its lines beside it, in place of what was there; of a node that
 * was drawn before only what looks otherwise now.
 */
export function drawNode(node: SVGGElement, placed: PlacedNode, looks: NodeLooks): void {
  const before = drawn.get(node);
  drawn.set(node, { placed, looks });
  if (before?.placed !== placed || !sameCost(before.looks.cost, looks.cost))
    drawWhole(node, placed, looks);
  else if (!sameImage(before.looks.image, looks.image))
    drawFace(select(node).select<SVGGElement>('.block'), placed, looks.image);
  tint(node, looks);
}

function sameCost(a: NodeLooks['cost'], b: NodeLooks['cost']): boolean {
  return a?.words === b?.words && a?.share === b?.share;
}

function sameImage(a: FaceImage | undefined, b: FaceImage | undefined): boolean {
  return a?.url === b?.url && a?.dead === b?.dead;
}

function drawWhole(node: SVGGElement, placed: PlacedNode, looks: NodeLooks): void {
  const group = select(node);
  const button = group.select<SVGGElement>('.button-area');
  button.selectAll('*').remove();
  group.select('.label').remove();
  drawRing(button, placed);
  const block = button.append('g').attr('class', 'block');
  block.attr('transform', `translate(${placed.x},${placed.y})`);
  if (placed.node.form === 'slab') drawSlab(block, placed);
  else drawSheets(block, placed);
  drawFace(block, placed, looks.image);
  drawLines(group, placed, looks.cost?.words);
  if (looks.cost) drawShare(button, placed, looks.cost.share);
}

/** Gives a block the colour of its kind, or as much colour as it has of something. */
function tint(node: SVGGElement, { colour }: NodeLooks): void {
  node.classList.toggle('by-amount', colour !== 'kind');
  node.style.setProperty('--amount', colour === 'kind' ? '' : `${Math.round(100 * colour)}%`);
}

function drawRing(group: Group, placed: PlacedNode): void {
  const { x, y, width, height } = outline(placed);
  group
    .append('rect')
    .attr('class', 'ring')
    .attr('x', x - ringMargin)
    .attr('y', y - ringMargin)
    .attr('width', width + 2 * ringMargin)
    .attr('height', height + 2 * ringMargin)
    .attr('rx', 4);
}

function drawSheets(block: Group, { width, height, depthX, depthY, sheets }: PlacedNode): void {
  for (let sheet = sheets - 1; sheet > 0; sheet--) {
    const back = sheet / Math.max(1, sheets - 1);
    block
      .append('rect')
      .attr('class', 'sheet')
      .attr('x', back * depthX)
      .attr('y', -back * depthY)
      .attr('width', width)
      .attr('height', height);
  }
}

/** A thin plate: its narrow front, its top, and (drawn as the face) the side that runs back. */
function drawSlab(block: Group, { width, height, depthX, depthY }: PlacedNode): void {
  block.append('rect').attr('class', 'sheet').attr('width', width).attr('height', height);
  block
    .append('path')
    .attr('class', 'sheet')
    .attr('d', `M0,0l${depthX},${-depthY}h${width}l${-depthX},${depthY}z`);
}

/** Beside the button, not in it: the button's own name says all of this and more. */
function drawLines(
  group: Group,
  { labelX, labelY, node }: PlacedNode,
  cost: string | undefined,
): void {
  const text = group
    .append('text')
    .attr('class', 'label')
    .attr('aria-hidden', 'true')
    .attr('x', labelX)
    .attr('y', labelY);
  const lines = [...node.lines.slice(0, 2), ...(cost === undefined ? [] : [cost])];
  lines.forEach((line, index) => {
    text
      .append('tspan')
      .attr('class', index === 0 ? 'name' : 'detail')
      .attr('x', labelX)
      .attr('dy', index === 0 ? lineHeight - 2 : lineHeight)
      .text(line);
  });
}

function drawShare(button: Group, { labelX, labelY }: PlacedNode, share: number): void {
  const bar = button
    .append('g')
    .attr('class', 'share')
    .attr('transform', `translate(${labelX - barWidth / 2},${labelY + 3 * lineHeight + 2})`);
  bar.append('rect').attr('class', 'share-track').attr('width', barWidth).attr('height', barHeight);
  bar
    .append('rect')
    .attr('class', 'share-part')
    .attr('width', Math.max(1, barWidth * share))
    .attr('height', barHeight);
}

/** What a block shows besides its shape: its map or picture, what it costs, and how it is coloured. */
export function nodeLooks(model: Model, scale: AmountScale, node: GraphNode): NodeLooks {
  const byKind = model.view.colouring === 'kind';
  const value = amountOf(scale, node.layers);
  const position = value === undefined ? undefined : amountPosition(scale, value);
  return {
    // A map would lie over the colour.
    image: byKind ? faceImage(model, node) : undefined,
    cost: value
      ? { words: amounts[scale.amount].words(value), share: value / scale.total }
      : undefined,
    colour: byKind ? 'kind' : strength(position),
  };
}

/** What the blocks' colours and their bars are drawn from. */
export function scaleOf({ view, shown, run }: Model): AmountScale {
  const amount = view.colouring === 'kind' ? 'parameters' : view.colouring;
  return amountScale(amount, shown.summary.layers, timesOf(run));
}

function faceImage(model: Model, node: GraphNode): FaceImage | undefined {
  const layer = node.layers.at(-1) ?? node.id;
  const { faces: run, view, cams, shown } = model;
  // Only the first input is given the picture.
  if (run && layer === shown.document.network.inputs[0]) {
    return { url: pictureImage(run.seen), pixelated: false, dead: false };
  }
  const map = mapOf({ run, view, cams }, layer);
  return map && { url: heatImage(map), pixelated: true, dead: map.scale.dead };
}
