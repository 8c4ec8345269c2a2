/** Where the host's lines go, by their weight. */
export interface LogSink {
  debug(line: string): void;
  info(line: string): void;
  warn(line: string): void;
  error(line: string): void;
}

const nowhere: LogSink = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
let sink = nowhere;

/** The host's one log; says nothing until `logTo` names a sink. */
export const log: LogSink = {
  debug: (line) => sink.debug(line),
  info: (line) => sink.info(line),
  warn: (line) => sink.warn(line),
  error: (line) => sink.error(line),
};

/** Sends every later line to this sink: VS Code's log channel, or a terminal. */
export function logTo(next: LogSink): void {
  sink = next;
}
