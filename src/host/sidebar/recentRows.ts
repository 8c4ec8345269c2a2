import { pictureName, probabilityWords } from '../../protocol/pictureWords';
import { describeError } from '../errors';
import type { RecentPicture } from './recentPictures';

/** A picture as the side bar lists it. */
export interface RecentRow {
  readonly uri: string;
  readonly name: string;
  readonly description: string;
  readonly tooltip: string;
  /** It cannot be read any more, or could not be the last time. */
  readonly isBroken: boolean;
}

/** `isThere` says whether the file still is. */
export function recentRow({ uri, label, outcome }: RecentPicture, isThere: boolean): RecentRow {
  const name = pictureName(label);
  const row = { uri, name };
  if (!isThere) {
    const why = 'is not there any more';
    return { ...row, description: why, tooltip: `${label} ${why}.`, isBroken: true };
  }
  if (outcome.kind === 'failure') {
    const description = withoutName(outcome.why, name);
    return { ...row, description, tooltip: `${label}\n${outcome.why}`, isBroken: true };
  }
  const { network, weights, trained } = outcome;
  const chance = probabilityWords(outcome.probability);
  return {
    ...row,
    description: trained ? `${outcome.label}, ${chance}` : 'no label: untrained weights',
    tooltip: [
      label,
      ...(trained
        ? [`${outcome.label}, ${chance}`]
        : ['Labels mean nothing with untrained weights']),
      `${network}, ${weights}`,
    ].join('\n'),
    isBroken: false,
  };
}

/** `Is a folder.` of `photos is a folder.`: the name stands beside it. */
function withoutName(sentence: string, name: string): string {
  if (!sentence.startsWith(name)) return sentence;
  return describeError(sentence.slice(name.length).replace(/^[:\s]+/, ''));
}
