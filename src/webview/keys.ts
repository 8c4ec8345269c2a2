/** Gives single keys to `take` unless the person is typing; what is taken does nothing else. */
export function listenToKeys(take: (key: string) => boolean): void {
  document.addEventListener('keydown', (event) => {
    const { key, target, defaultPrevented } = event;
    if (defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = target instanceof Element && target.closest('input, select, textarea');
    if (!typing && take(key)) event.preventDefault();
  });
}
