/** What the system's error codes mean to a person. */
const meanings = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the folder is read-only',
  EACCES: 'no permission to write there',
  EPERM: 'no permission to write there',
  ENOENT: 'there is no such file',
  ENOTDIR: 'a file is in the way of the folder',
  EEXIST: 'a file is in the way of the folder',
  ENOTFOUND: 'the host is not found',
  EAI_AGAIN: 'the host is not found',
  ECONNREFUSED: 'the host refuses the connection',
  ECONNRESET: 'the connection was cut',
  ETIMEDOUT: 'the host does not answer',
  UND_ERR_CONNECT_TIMEOUT: 'the host does not answer',
  UND_ERR_SOCKET: 'the connection was cut',
};

/** An error in one line: our own sentence, or what a system's code means and where. */
export function sentence(error) {
  // fetch hides the system's error behind one of its own.
  const origin = error.message === 'fetch failed' && error.cause ? error.cause : error;
  const meaning = meanings[origin.code];
  if (!meaning) return firstLine(error.message);
  const where = origin.path ?? origin.hostname;
  return where ? `${meaning}: ${where}` : meaning;
}

function firstLine(text) {
  return text.split('\n').find((line) => line.trim() !== '') ?? 'no reason given';
}
