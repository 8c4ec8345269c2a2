import { activationRule, type PointwiseActivation } from '../../../network/layers/activations';
import { element, svg } from '../../draw/element';
import { formatPrecise } from '../../draw/numberFormat';
import type { Scene } from './scene';

const box = { width: 240, height: 150, margin: 10 } as const;
const samples = 160;
/** Where functions bend: less would show a straight line. */
const leastReach = 4;

/** The graph of a function over [-reach, reach], and where in a box of pixels a point of it stands. */
interface Curve {
  readonly path: string;
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
}

/** The curve of an activation, wide enough to hold `input`; zero is always in sight. */
export function activationCurve(activation: PointwiseActivation, input: number): Curve {
  const { apply } = activationRule(activation);
  const reach = Math.max(leastReach, 1.25 * Math.abs(Number.isFinite(input) ? input : 0));
  const inputs = Array.from({ length: samples + 1 }, (_, at) => reach * ((2 * at) / samples - 1));
  const outputs = inputs.map(apply);
  const drawn = outputs.filter((value) => Number.isFinite(value));
  const [low, high] = [Math.min(0, ...drawn), Math.max(0, ...drawn)];
  const { width, height, margin } = box;
  const x = (value: number): number =>
    margin + ((value + reach) / (2 * reach)) * (width - 2 * margin);
  const y = (value: number): number =>
    height - margin - ((value - low) / (high - low)) * (height - 2 * margin);
  const points = inputs.flatMap((value, at) => {
    const output = outputs[at] ?? NaN;
    return Number.isFinite(output) ? [`${round(x(value))},${round(y(output))}`] : [];
  });
  return { path: `M${points.join('L')}`, x, y };
}

/** An activation's curve with the value on it. */
export function curveScene(activation: PointwiseActivation, input: number): Scene {
  const { title, apply } = activationRule(activation);
  const { path, x, y } = activationCurve(activation, input);
  const output = apply(input);
  const words = `${title} at ${formatPrecise(input)}: ${formatPrecise(output)}`;
  const { width, height } = box;
  const [left, top] = [round(x(input)), round(y(output))];
  const drawing = svg(
    'svg',
    {
      class: 'function-curve',
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'aria-label': words,
    },
    svg('path', { class: 'axes', d: `M0,${round(y(0))}H${width}M${round(x(0))},0V${height}` }),
    svg('path', { class: 'function', d: path }),
  );
  if (Number.isFinite(output)) {
    drawing.append(
      svg('path', { class: 'drop', d: `M${left},${round(y(0))}V${top}H${round(x(0))}` }),
      svg('circle', { class: 'point', cx: left, cy: top, r: 4 }),
    );
  }
  return { element: element('div', { class: 'scene' }, drawing), step: () => undefined };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
