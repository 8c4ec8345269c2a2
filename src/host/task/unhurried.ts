/**
 * A call that is passed on at once, then at most once in so many milliseconds; the last one is never lost, though late.
 * For what a person sees, who reads no more than ten changes a second.
 */
export function unhurried(call: () => void, milliseconds = 100): () => void {
  let pausing = false;
  let isWanted = false;
  const pass = (): void => {
    pausing = true;
    isWanted = false;
    call();
    setTimeout(() => {
      pausing = false;
      if (isWanted) pass();
    }, milliseconds).unref();
  };
  return () => {
    if (pausing) isWanted = true;
    else pass();
  };
}
