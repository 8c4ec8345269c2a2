/** Where a function on [0, 1] is taken, and how much of its integral each place stands for; the weights add up to 1. */
export interface Quadrature {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

/** Rules by name, of as many places. */
export const quadratures = { midpoint, gaussLegendre } as const;

function midpoint(count: number): Quadrature {
  return {
    nodes: Float64Array.from({ length: count }, (_, at) => (at + 0.5) / count),
    weights: new Float64Array(count).fill(1 / count),
  };
}

/** The roots of Legendre's polynomial by Newton's method, from Chebyshev's (Press et al. 2007, section 4.6.1). */
function gaussLegendre(count: number): Quadrature {
  const nodes = new Float64Array(count);
  const weights = new Float64Array(count);
  for (let at = 0; at < count; at++) {
    let x = Math.cos((Math.PI * (count - at - 0.25)) / (count + 0.5));
    let slope = 1;
    for (let step = 0; step < newtonSteps; step++) {
      const [value, derivative] = legendre(count, x);
      slope = derivative;
      x -= value / slope;
    }
    nodes[at] = (1 + x) / 2;
    weights[at] = 1 / ((1 - x * x) * slope * slope);
  }
  return { nodes, weights };
}

/** Each doubles the digits that are right; the start has two of them. */
const newtonSteps = 8;

/** Legendre's polynomial of a degree and its derivative, by recurrence. */
function legendre(degree: number, x: number): readonly [value: number, derivative: number] {
  let [before, value] = [1, x];
  for (let k = 2; k <= degree; k++)
    [before, value] = [value, ((2 * k - 1) * x * value - (k - 1) * before) / k];
  return [value, (degree * (x * value - before)) / (x * x - 1)];
}
