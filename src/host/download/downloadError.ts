/** Why a file was not fetched, in one sentence. */
export class DownloadError extends Error {
  override readonly name: string = 'DownloadError';
}

/** What was fetched is not what it should be: none of it is kept. */
export class BadFileError extends DownloadError {
  override readonly name = 'BadFileError';
}

/** Nobody answered at that address: there may be no network at all. */
export class UnreachableError extends DownloadError {
  override readonly name = 'UnreachableError';

  constructor(
    host: string,
    readonly reason: string,
    options: ErrorOptions,
  ) {
    const advice = "check the network and VS Code's setting http.proxy";
    super(`${host} could not be reached (${reason}): ${advice}`, options);
  }
}
