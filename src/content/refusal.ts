import type { Content } from './content';
import { contentOf } from './contentOf';

/** What a file should have been, and what to say where nobody can tell what it is. */
interface Wanted {
  readonly noun: 'a picture' | 'weights' | 'a model';
  readonly formats: readonly string[];
}

/** What is wanted and yet was refused: its format is known by its first bytes, and not what follows. */
const kinds = { 'a picture': 'picture', weights: 'weights', 'a model': undefined } as const;

/**
 * The sentence for a file that is not what it should be, by its first bytes. It begins with "the file is", so that the
 * file's name can stand in place of "the file".
 */
export function refusal(head: Uint8Array, wanted: Wanted): string {
  const content = contentOf(head);
  if (!content || content.kind === kinds[wanted.noun]) return unknown(wanted);
  const isUnread = content.kind === 'unread' && wanted.noun === 'a picture';
  const advice = isUnread ? content.advice : adviceFor(content, wanted);
  const fault = isUnread ? 'which is not read' : `not ${wanted.noun}`;
  return `the file is ${content.what}, ${fault}${advice === undefined ? '' : `: ${advice}`}`;
}

function unknown({ noun, formats }: Wanted): string {
  return `the file is not ${noun} in a format that is read (${formats.join(', ')})`;
}

/** What helps a picture that is not read does not make weights of it. */
function adviceFor({ kind, advice }: Content, { noun }: Wanted): string | undefined {
  if (kind === 'weights' && noun !== 'weights') return 'load it with “AlexNet: Load Weights…”';
  return kind === 'unread' ? undefined : advice;
}
