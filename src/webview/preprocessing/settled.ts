/** Does work once its reasons have come to rest: after a pause, or at once when told. */
export function settled(
  work: () => void,
  pauseMilliseconds: number,
): { readonly soon: () => void; readonly now: () => void; readonly never: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const never = (): void => {
    clearTimeout(timer);
    timer = undefined;
  };
  const now = (): void => {
    if (timer === undefined) return;
    never();
    work();
  };
  const soon = (): void => {
    never();
    timer = setTimeout(now, pauseMilliseconds);
  };
  return { soon, now, never };
}
