/** Terms until 1e-17 of the sum, where the series converges fast. */
const nearZero = 3;
const depth = 60;

/** The error function, to some 15 digits: its Taylor series, and far out Lentz's continued fraction (DLMF 7.6.1, 7.9.1). */
export function erf(x: number): number {
  const size = Math.abs(x);
  return Math.sign(x) * (size < nearZero ? series(size) : 1 - tail(size));
}

function series(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * sum; n++) {
    term *= -(x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

function tail(x: number): number {
  let fraction = x;
  for (let n = depth; n > 0; n--) fraction = x + n / 2 / fraction;
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * fraction);
}
