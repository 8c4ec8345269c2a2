/** The one sentence a person is shown: a capital, the cause, a full stop. */
export function describeError(error: unknown): string {
  const text =
    (error instanceof Error ? error.message : String(error)).trim() || 'something went wrong';
  // A file's name in front keeps its own case.
  const sentence = text.replace(
    /^[a-z]+(?=[ ,])/,
    (word) => word.charAt(0).toUpperCase() + word.slice(1),
  );
  return /[.!?…]$/.test(sentence) ? sentence : `${sentence}.`;
}
