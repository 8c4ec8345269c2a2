import { formatShape } from '../../network/tensor/shape';
import { divergenceTolerance, diverges, type LayerComparison } from '../../protocol/comparison';
import { formatCosine, formatCount, formatShare, formatValue } from '../draw/numberFormat';

/** What two runs have in common besides their layers. */
export interface Compared {
  /** The layer that holds the picture. */
  readonly input: string;
  readonly isSamePicture: boolean;
}

/** Where two runs part, in a few sentences. */
export function verdict(layers: readonly LayerComparison[], compared: Compared): string {
  const first = layers.find(diverges);
  const sentences = first
    ? [where(first, compared), agreed(layers, first), furthest(layers, first)]
    : [`A and B agree: in no layer is the RMSE above ${100 * divergenceTolerance} % of A’s RMS.`];
  return sentences
    .filter((sentence) => sentence !== '')
    .join(' ')
    .replaceAll(' %', '\u00a0%');
}

function where(first: LayerComparison, { input, isSamePicture }: Compared): string {
  const { name, a, b, difference } = first;
  if (name === input && !isSamePicture) return `A and B are two pictures${farApart(first)}.`;
  if (!b) return `They part at ${name}, which only A has.`;
  if (!a) return `They part at ${name}, which only B has.`;
  if (!difference) return `They part at ${name}: ${formatShape(a)} in A, ${formatShape(b)} in B.`;
  const { broken } = difference;
  if (broken > 0) {
    return `They part at ${name}: ${formatCount(broken)} values are NaN or infinite.`;
  }
  const place = name === input ? 'at the input: the network sees other pixels' : `at ${name}`;
  return `They part ${place}${farApart(first)}.`;
}

/** ` (RMSE 0.5, 25.0 % of A’s RMS)`; empty where nothing can be compared. */
function farApart({ difference }: LayerComparison): string {
  if (!difference) return '';
  const { rmse, rms } = difference;
  const share = rms > 0 ? `, ${formatShare(rmse, rms)} of A’s RMS` : '';
  return ` (RMSE ${formatValue(rmse)}${share})`;
}

function agreed(layers: readonly LayerComparison[], first: LayerComparison): string {
  const before = layers.indexOf(first);
  if (before === 0) return '';
  const [only] = layers;
  return before === 1
    ? `Before it only ${only?.name ?? ''} is the same.`
    : `The ${before} layers before it are the same.`;
}

/** The layer in which A and B have least in common, unless it has been named. */
function furthest(layers: readonly LayerComparison[], first: LayerComparison): string {
  const compared = layers.flatMap(({ name, difference }) =>
    difference?.cosine === undefined ? [] : [{ name, cosine: difference.cosine }],
  );
  const [least] = compared.toSorted((x, y) => x.cosine - y.cosine);
  if (!least || least.name === first.name) return '';
  return `Furthest apart by direction: ${least.name}, cosine ${formatCosine(least.cosine)}.`;
}
