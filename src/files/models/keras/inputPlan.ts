import type { LayerPlan } from '../../../network/assemble';
import type { Shape } from '../../../network/tensor/shape';
import { WeightsError } from '../../bytes/weightsError';

/** Channels of a picture whose file does not say how many it has. */
const colours = 3;

interface InputPlan {
  readonly plan: LayerPlan;
  /** Whether the file leaves its height or width open. */
  readonly isOpen: boolean;
}

/** An input by its config; `built` is the shape that the file states elsewhere, `size` stands for what it leaves open. */
export function inputPlan(
  name: string,
  config: Readonly<Record<string, unknown>>,
  { built, size }: { readonly built: unknown; readonly size: readonly [number, number] },
): InputPlan {
  const stated = [config['batch_shape'], config['batch_input_shape'], built].find(
    (shape) => axesIn(shape) !== undefined,
  );
  const axes = axesIn(stated);
  if (!axes) throw new WeightsError(`the model does not say the shape of its input ${name}`);
  const isMap = axes.length === 3;
  const isOpen = isMap && (axes[0] === null || axes[1] === null);
  const standing = isMap ? [size[0], size[1], colours] : [];
  const shape = axes.map((axis, at) => axis ?? standing[at] ?? 0);
  return { plan: { name, settings: { kind: 'InputLayer', shape }, inputs: [] }, isOpen };
}

/** The shape that a file states of a layer's one input, without the batch; undefined where it leaves any of it open. */
export function statedShape(built: unknown): Shape | undefined {
  const axes = axesIn(built);
  return axes?.every((axis) => axis !== null) ? axes : undefined;
}

/** A shape without its batch; null where an axis is open. */
function axesIn(shape: unknown): readonly (number | null)[] | undefined {
  if (!Array.isArray(shape) || shape.length === 0) return undefined;
  const isAxis = (axis: unknown): boolean => axis === null || typeof axis === 'number';
  return shape.every(isAxis) ? (shape.slice(1) as (number | null)[]) : undefined;
}
