import type { LayerSummary } from '../../network/summary';
import { isMapShape } from '../../network/tensor/shape';
import type { MenuGroup } from '../draw/menu';
import { mapWords } from '../draw/mapWords';
import { formatCount } from '../draw/numberFormat';
import { shownAnswer } from '../explain/shownAnswer';
import type { Actions, Export } from '../state/actions';
import { channelOf, layerSummary, mapOf, type Model } from '../state/model';

interface ExportItem {
  readonly label: string;
  readonly what: Export;
}

/** What the Export menu offers now: the graph, the table, the network, and of the selected layer what it saw. */
export function exportGroups(
  model: Model,
  { exportAs }: Pick<Actions, 'exportAs'>,
): readonly MenuGroup[] {
  return exportItems(model).map((group) =>
    group.map(({ label, what }) => ({ label, choose: () => exportAs(what) })),
  );
}

/** What can be exported now: first of the selected layer where it ran, then of the whole network. */
export function exportItems(model: Model): readonly (readonly ExportItem[])[] {
  const { selected } = model.view;
  const summary = selected === undefined ? undefined : layerSummary(model, selected);
  return [
    shownAnswer(model) ? explanationItems : [],
    summary ? layerItems(model, summary) : [],
    [
      { label: 'Graph as SVG…', what: { kind: 'graph', format: 'svg' } },
      { label: 'Graph as PNG…', what: { kind: 'graph', format: 'png' } },
      { label: 'Layer table as CSV, Markdown or JSON…', what: { kind: 'table' } },
    ],
    networkItems,
  ];
}

const explanationItems: readonly ExportItem[] = [
  { label: 'Explanation as PNG…', what: { kind: 'explanation', as: 'picture' } },
  {
    label: 'Explanation with its recipe, as JSON or .npy…',
    what: { kind: 'explanation', as: 'values' },
  },
];

/** The network to go on with elsewhere. */
const networkItems: readonly ExportItem[] = [
  { label: 'Network as PyTorch code…', what: { kind: 'code', framework: 'pytorch' } },
  { label: 'Network as Keras code…', what: { kind: 'code', framework: 'keras' } },
  { label: 'Network as TensorFlow.js code…', what: { kind: 'code', framework: 'tfjs' } },
  { label: 'Network as JSON…', what: { kind: 'network' } },
];

function layerItems(model: Model, { name, outputShape }: LayerSummary): readonly ExportItem[] {
  if (!model.run?.layers.some((ran) => ran.name === name)) return [];
  const map = mapOf(model, name);
  const layer = name;
  const channels = outputShape.at(-1) ?? 0;
  const drawn: readonly ExportItem[] = map
    ? [{ label: `${name}, ${mapWords(map, channels)}, as PNG…`, what: { kind: 'map', layer } }]
    : [];
  const values: ExportItem = {
    label: `${name}, all values, as .npy or JSON…`,
    what: { kind: 'values', layer },
  };
  if (!isMapShape(outputShape)) return [...drawn, values];
  const channel = channelOf(model, { name, outputShape });
  return [
    ...drawn,
    { label: `${name}, channel ${channel}, as PNG…`, what: { kind: 'channel', layer, channel } },
    {
      label: `${name}, channel ${channel}, as .npy or JSON…`,
      what: { kind: 'values', layer, channel },
    },
    {
      label: `${name}, all ${formatCount(channels)} channels, as PNG…`,
      what: { kind: 'sheet', layer },
    },
    values,
  ];
}
