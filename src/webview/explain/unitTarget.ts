import { layerNamed, type Network } from '../../network/network';
import { mapShape } from '../../network/tensor/cell';
import { isMapShape } from '../../network/tensor/shape';
import type { UnitTarget } from '../../protocol/explanation';

/** What is asked about: a class, one cell of a layer's channel or one unit of a list, or a channel. */
export type TargetKind = 'class' | 'unit' | 'channel';

export function kindOf(unit: UnitTarget | undefined): TargetKind {
  if (!unit) return 'class';
  return 'unit' in unit ? 'unit' : 'channel';
}

/** The same where a network has it; another network, or another time, may not. */
export function knownUnit(
  { layers }: Network,
  unit: UnitTarget | undefined,
): UnitTarget | undefined {
  const layer = layers.find(({ name }) => name === unit?.layer);
  if (!unit || !layer || layer.inputs.length === 0) return undefined;
  const [rows, columns, channels] = mapShape(layer.outputShape);
  const [row, column, channel] = 'unit' in unit ? unit.unit : [0, 0, unit.channel];
  return row < rows && column < columns && channel < channels ? unit : undefined;
}

/** `conv5, channel 12 at row 3, column 7`; `fc6, unit 12`. */
export function unitWords(network: Network, unit: UnitTarget): string {
  const { layer } = unit;
  if ('channel' in unit) return `${layer}, channel ${unit.channel}`;
  const [row, column, channel] = unit.unit;
  const isMap = isMapShape(layerNamed(network, layer).outputShape);
  return isMap
    ? `${layer}, channel ${channel} at row ${row}, column ${column}`
    : `${layer}, unit ${channel}`;
}

/** The layers that a layer depends on. */
export function layersBefore({ layers }: Network, name: string): ReadonlySet<string> {
  const before = new Set<string>();
  const wanted = new Set([name]);
  for (const layer of layers.toReversed()) {
    if (!wanted.has(layer.name)) continue;
    for (const input of layer.inputs) {
      wanted.add(input);
      before.add(input);
    }
  }
  return before;
}
