/** Only this machine can stand in for a publisher: an environment cannot send a person elsewhere. */
const ownNames: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/** Where an address is asked for: there, or at the tests' own server, by the address's host and path. */
export function weightsUrl(url: string): string {
  const own = process.env['ALEXNET_WEIGHTS_HOST'];
  if (own === undefined || !URL.canParse(own)) return url;
  const { hostname, origin } = new URL(own);
  if (!ownNames.includes(hostname)) return url;
  const { host, pathname } = new URL(url);
  return `${origin}/${host}${pathname}`;
}
