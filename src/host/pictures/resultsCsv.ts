import { csvField, csvNumber } from '../../network/csvField';
import type { PictureResult } from './strip';

const heads = [
  'picture',
  'path',
  'status',
  'label',
  'class index',
  'synset',
  'probability',
  'top 5',
  'network',
  'weights',
  'trained',
  'seconds',
  'problem',
] as const;

/** What pictures were taken for as CSV (RFC 4180 with line feeds), a line each; what is not known is left empty. */
export function resultsCsv(pictures: readonly PictureResult[]): string {
  const lines = pictures.map((picture) => cells(picture).map(csvField));
  return [heads, ...lines].map((line) => `${line.join(',')}\n`).join('');
}

function cells({ file, status, result, why = '' }: PictureResult): readonly string[] {
  const head = [file.label, file.path ?? file.uri, status];
  if (!result) return [...head, '', '', '', '', '', '', '', '', '', why];
  const { predictions, network, weights, trained, milliseconds } = result;
  const [best] = predictions;
  const seconds = (milliseconds.decode + milliseconds.preprocess + milliseconds.forward) / 1000;
  return [
    ...head,
    best?.label ?? '',
    String(best?.index ?? ''),
    best?.synset ?? '',
    best ? csvNumber(best.probability) : '',
    predictions
      .map(({ index, label, probability }) => `${index} ${label}: ${csvNumber(probability)}`)
      .join('; '),
    network,
    weights,
    String(trained),
    seconds.toFixed(3),
    why,
  ];
}
