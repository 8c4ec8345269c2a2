import { formatCount, formatPrecise } from '../../draw/numberFormat';
import { oneStep, type Stage, type Step } from './stage';

/** The first ones get a step each; the others are added in one. */
const shownUnits = 10;

/** e^(z − max) ÷ Σ e^(z − max): taking the largest off keeps the exponentials within float32. */
export function softmaxStages(logits: Float32Array, unit: number): readonly Stage[] {
  const max = logits.reduce((best, logit) => Math.max(best, logit), -Infinity);
  const powers = Float64Array.from(logits, (logit) => Math.exp(logit - max));
  const logit = logits[unit] ?? NaN;
  const power = powers[unit] ?? NaN;
  const exponentials = exponentialsStage(logits, powers, max);
  const sum = exponentials.steps.at(-1)?.total ?? NaN;
  const share = power / sum;
  const say = formatPrecise;
  return [
    oneStep(
      'Logit z − the largest',
      logit - max,
      `${say(logit)} − ${say(max)} = ${say(logit - max)}`,
    ),
    oneStep('e to that power', power, `e ^ ${say(logit - max)} = ${say(power)}`),
    exponentials,
    oneStep('Its share of the sum', share, `${say(power)} ÷ ${say(sum)} = ${say(share)}`),
  ];
}

function exponentialsStage(logits: Float32Array, powers: Float64Array, max: number): Stage {
  const order = [...powers.keys()].sort((a, b) => (powers[b] ?? 0) - (powers[a] ?? 0));
  const rows: string[][] = [];
  let total = 0;
  const steps = order.slice(0, shownUnits).map((unit): Step => {
    const power = powers[unit] ?? NaN;
    total += power;
    rows.push([formatCount(unit), formatPrecise(logits[unit] ?? NaN), formatPrecise(power)]);
    const less = formatPrecise((logits[unit] ?? NaN) - max);
    return { total, words: `unit ${formatCount(unit)}: e ^ ${less} = ${formatPrecise(power)}` };
  });
  const others = order.slice(shownUnits);
  if (others.length > 0) {
    const rest = others.reduce((sum, unit) => sum + (powers[unit] ?? NaN), 0);
    total += rest;
    const name = `${formatCount(others.length)} others`;
    rows.push([name, '', formatPrecise(rest)]);
    steps.push({ total, words: `the ${name}, each smaller, add ${formatPrecise(rest)}` });
  }
  return {
    id: 'exponentials',
    title: `Sum of ${formatCount(logits.length)} units’ e^(z − max)`,
    steps,
    table: { heads: ['unit', 'logit z', 'e^(z − max)'], rows },
  };
}
