/** Something to wait for until the test lets it pass. */
export function gate(): { readonly open: Promise<void>; pass(): void } {
  let pass = (): void => undefined;
  const open = new Promise<void>((resolve) => (pass = resolve));
  return { open, pass: () => pass() };
}
