/** The one sentence a person is shown: a capital, the cause, a full stop. */
export function describeError(error: unknown): string {
  const text =
    (error instanceof Error ? error.message : String(error)).trim() || 'something went wrong';
  const sentence = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?…]$/.test(sentence) ? sentence : `${sentence}.`;
}
