import { formatCount } from '../network/tensor/formatCount';
import type { EvaluationReport, PanelEvaluation } from './evaluation';

/** `57.1 %` of the pictures; as many decimals as their number has a use for. */
export function accuracyWords(right: number, all: number): string {
  if (all === 0) return 'no picture';
  return `${((100 * right) / all).toFixed(all >= 10_000 ? 2 : 1)} %`;
}

/** `less than a minute`, `21 min`, `1 h 5 min`. */
export function durationWords(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  if (minutes <= 1) return 'less than a minute';
  const hours = Math.floor(minutes / 60);
  return hours > 0 ? `${hours} h ${minutes % 60} min` : `${minutes} min`;
}

/** `38`, `3.8`: pictures per second, or anything else of which a digit after the point tells only below ten. */
export function speedFigure(speed: number): string {
  return speed.toFixed(speed >= 10 ? 0 : 1);
}

/** `1,234 of 50,000 pictures, 38 per second, 21 min left`. */
export function progressWords({ done, pictures, speed, secondsLeft }: PanelEvaluation): string {
  const parts = [`${formatCount(done)} of ${formatCount(pictures)} pictures`];
  if (speed !== undefined) parts.push(`${speedFigure(speed)} per second`);
  if (secondsLeft !== undefined) parts.push(`${durationWords(secondsLeft)} left`);
  return parts.join(', ');
}

/** One sentence about an evaluation that is over. */
export function evaluationWords(
  { folder, status, pictures: all, unreadable }: PanelEvaluation,
  { pictures, top1, top5 }: Pick<EvaluationReport, 'pictures' | 'top1' | 'top5'>,
): string {
  const stopped = status === 'stopped' ? `, stopped before the end (${formatCount(all)})` : '';
  const broken = unreadable > 0 ? `; ${formatCount(unreadable)} could not be read` : '';
  return `${folder}: top-1 ${accuracyWords(top1, pictures)}, top-5 ${accuracyWords(top5, pictures)} of ${formatCount(pictures)} pictures${stopped}${broken}.`;
}
