import { isAbsolute } from 'node:path';

/** The weights that a setting or an earlier choice asks for. */
export type WantedWeights =
  | { readonly kind: 'random' }
  | { readonly kind: 'published'; readonly id: string }
  | { readonly kind: 'file'; readonly path: string };

/** What `alexnet.weights` asks for, or in a sentence why it cannot be taken. `own` is its value in the person's own settings: only there a path counts. */
export function wantedWeights(
  value: unknown,
  own: unknown,
  ids: readonly string[],
): WantedWeights | { readonly why: string } {
  if (value === undefined || value === '' || value === 'random') return { kind: 'random' };
  const shown = `the setting alexnet.weights is ${JSON.stringify(value)}`;
  if (typeof value !== 'string') return { why: `${shown}; give it a text` };
  if (ids.includes(value)) return { kind: 'published', id: value };
  if (!isAbsolute(value))
    return { why: `${shown}; it can be random, ${ids.join(', ')}, or the whole path of a file` };
  if (value !== own)
    return { why: `${shown}; a path counts only in the user settings, not in a workspace's` };
  return { kind: 'file', path: value };
}
