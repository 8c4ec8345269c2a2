import { csvField, csvNumber } from '../../network/csvField';
import { labelOf, type ClassLabels } from '../../network/modelDocument';
import type { LabelledPictures } from './labelledFolder';
import type { Tally } from './tally';

const places = ['1', '2', '3', '4', '5'] as const;

const heads = [
  'picture',
  'status',
  'true class',
  'true label',
  'true synset',
  'place of the true class',
  'probability of the true class',
  ...places.flatMap((place) => [`class ${place}`, `label ${place}`, `probability ${place}`]),
  'problem',
];

/** Every picture of an evaluation as CSV (RFC 4180 with line feeds), by folder; those that have not run are marked so. */
export function evaluationCsv(
  pictures: LabelledPictures,
  tally: Tally,
  labels: ClassLabels,
): string {
  const lines = [heads];
  for (let picture = 0; picture < pictures.size; picture++) {
    lines.push(cells(picture, { pictures, tally, labels }));
  }
  return lines.map((line) => `${line.map(csvField).join(',')}\n`).join('');
}

interface Sources {
  readonly pictures: LabelledPictures;
  readonly tally: Tally;
  readonly labels: ClassLabels;
}

function cells(picture: number, { pictures, tally, labels }: Sources): string[] {
  const answer = tally.answer(picture);
  const why = tally.unreadable.get(picture);
  const truth = pictures.truth(picture);
  return [
    pictures.name(picture),
    answer ? 'evaluated' : why === undefined ? 'not run' : 'unreadable',
    String(truth),
    labelOf(labels, truth),
    labels.synsets?.[truth] ?? '',
    answer ? String(answer.rank + 1) : '',
    answer ? csvNumber(answer.truthProbability) : '',
    ...places.flatMap((_, place) => {
      const taken = answer?.top[place];
      if (!taken) return ['', '', ''];
      const { index, probability } = taken;
      return [String(index), labelOf(labels, index), csvNumber(probability)];
    }),
    why ?? '',
  ];
}
