import { blocks } from '../../../src/network/blocks';
import type { Network } from '../../../src/network/network';
import { type AlexNetId, alexNets } from '../../../src/library/alexNets';
import { summarize } from '../../../src/network/summary';
import type { Tensor } from '../../../src/protocol/engineProtocol';
import type { RunView } from '../../../src/protocol/panelProtocol';
import { graphNodes, type GraphNode } from '../../../src/webview/graph/layout/graphNodes';
import type { MeasureText } from '../../../src/webview/graph/layout/breakRows';

/** A font whose every letter is 6 pixels wide. */
export const measure: MeasureText = (text) => 6 * text.length;

export function nodesOf(id: AlexNetId, folded: readonly string[] = []): readonly GraphNode[] {
  const { network } = alexNets[id];
  return nodesOfNetwork(network, folded);
}

export function nodesOfNetwork(
  network: Network,
  folded: readonly string[] = [],
): readonly GraphNode[] {
  const { unresolved } = network;
  return graphNodes({
    layers: summarize(network).layers,
    unresolved,
    blocks: blocks(network),
    folded,
  });
}

/** A tensor whose value at a row, column and channel is given by a formula. */
export function tensorOf(
  [rows, columns, channels]: readonly [number, number, number],
  value: (row: number, column: number, channel: number) => number,
): Tensor {
  const data = new Float32Array(rows * columns * channels);
  for (let i = 0; i < data.length; i++) {
    const cell = Math.floor(i / channels);
    data[i] = value(Math.floor(cell / columns), cell % columns, i % channels);
  }
  return { shape: [rows, columns, channels], data };
}

/** A run whose layers have these maps of 2 x 2 cells. */
export function runOf(
  documentId: AlexNetId,
  maps: Readonly<Record<string, Float32Array>>,
  runId = 1,
): RunView {
  const picture = { width: 1, height: 1, rgb: new Uint8Array(3) };
  return {
    runId,
    name: 'cat.jpg',
    documentId,
    network: 'Some network',
    width: 1,
    height: 1,
    preview: picture,
    seen: picture,
    channels: [],
    preprocess: alexNets[documentId].preprocess,
    predictions: [],
    trained: false,
    weights: 'random, seed 1',
    backend: 'cpu',
    milliseconds: { decode: 1, preprocess: 1, forward: 1 },
    layers: Object.entries(maps).map(([name, mean]) => ({
      name,
      outputShape: [2, 2, 1],
      milliseconds: 1,
      height: 2,
      width: 2,
      mean,
      strongest: mean,
      strongestChannel: 0,
    })),
  };
}
