import { open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { withProgress } from '../lib/progress.mjs';
import { megabytes } from './bytes.mjs';
import { sentence } from './sentence.mjs';

const usual = { limitBytes: 1e9, tries: 5, stallMs: 30_000, pauseMs: 1000, openFile: open };

/** The connection ended before the file did; what came is kept. */
class CutError extends Error {
  constructor() {
    super('the connection was cut again and again; what came is kept, call again to go on');
  }
}

/**
 * Fetches an address into a file, going on where an earlier call was cut (in this process or in
 * another) if the server still has the same file. The file appears under its name when complete.
 */
export async function download(url, file, options = {}) {
  const settings = { ...usual, ...options };
  if ((await sizeOf(file)) > 0) return;
  const state = { at: 0, total: 0 };
  const reached = () => progressOf(state);
  const label = `Fetching ${basename(file)} from ${new URL(url).host}`;
  await withProgress(label, () => untilComplete(url, file, settings, state), reached);
  console.log(`  ${megabytes(state.at)}`);
}

/** Removes a downloaded file and what is left of a cut download of it. */
export async function forget(file) {
  for (const name of [file, partialOf(file), noteOf(file)]) await rm(name, { force: true });
}

async function untilComplete(url, file, settings, state) {
  for (let left = settings.tries; ; left--) {
    try {
      return await attempt(url, file, settings, state);
    } catch (error) {
      if (error.code === 'ENOSPC' || error.code === 'EDQUOT') await forget(file);
      const again = error instanceof CutError && left > 1;
      if (!again) throw new Error(`${url}: ${sentence(error)}`, { cause: error });
      console.log(`  cut at ${megabytes(state.at)}, going on there`);
      await pause(settings.pauseMs);
    }
  }
}

/** One request; ends with the whole file in place, or with a CutError if something of it came. */
async function attempt(url, file, { limitBytes, stallMs, openFile }, state) {
  const { have, validator } = await readPartial(url, file);
  const stall = stallAlarm(stallMs);
  try {
    const response = await fetch(url, { headers: askFrom(have, validator), signal: stall.signal });
    if (response.status === 416) {
      // What is here is not a part of that file.
      await forget(file);
      throw new CutError();
    }
    const start = checkAnswer(response, have);
    const length = Number(response.headers.get('content-length') ?? NaN);
    Object.assign(state, { at: start, total: start + length });
    if (state.total > limitBytes) throw new Error(`too large: ${megabytes(state.total)}`);
    await writeFile(noteOf(file), JSON.stringify({ url, validator: validatorOf(response) }));
    const handle = await openFile(partialOf(file), start > 0 ? 'r+' : 'w');
    try {
      await receive(response.body, handle, { state, limitBytes, stall });
    } finally {
      await handle.close();
    }
  } finally {
    stall.end();
  }
  if (state.at < state.total) throw new CutError();
  await rename(partialOf(file), file);
  await rm(noteOf(file), { force: true });
}

async function receive(body, handle, { state, limitBytes, stall }) {
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw new CutError();
    });
    if (done) return;
    stall.again();
    if (state.at + value.length > limitBytes) throw new Error('larger than any such file');
    await handle.write(value, 0, value.length, state.at);
    state.at += value.length;
  }
}

/** Where the answer's bytes begin; throws for an answer that is not the file. */
function checkAnswer(response, have) {
  const { status } = response;
  if (!response.ok) throw new Error(`the host answered ${status} ${response.statusText}`);
  if (/^text\/html/.test(response.headers.get('content-type') ?? '')) {
    throw new Error('the host answered with a web page; is there a login or a proxy in between?');
  }
  if (status !== 206) return 0;
  const start = Number(/^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1]);
  if (start !== have) throw new Error('the host sent another part than asked for');
  return start;
}

/** How much a cut call left, if it is of this address and the server named its version. */
async function readPartial(url, file) {
  const note = await readFile(noteOf(file), 'utf8').then(JSON.parse, () => undefined);
  if (note?.url !== url || !note.validator) return { have: 0 };
  return { have: await sizeOf(partialOf(file)), validator: note.validator };
}

function askFrom(have, validator) {
  const plain = { 'accept-encoding': 'identity' };
  return have > 0 ? { ...plain, range: `bytes=${have}-`, 'if-range': validator } : plain;
}

/** If-Range takes no weak entity tags (RFC 9110, 13.1.5). */
function validatorOf({ headers }) {
  const tag = headers.get('etag');
  return tag && !tag.startsWith('W/') ? tag : headers.get('last-modified');
}

/** Aborts a request that brings nothing for too long. */
function stallAlarm(stallMs) {
  const controller = new AbortController();
  const alarm = setTimeout(() => controller.abort(new Error('nothing comes any more')), stallMs);
  return {
    signal: controller.signal,
    again: () => alarm.refresh(),
    // What of an answer is not wanted must not keep the connection, and with it the process.
    end: () => {
      clearTimeout(alarm);
      controller.abort();
    },
  };
}

function progressOf({ at, total }) {
  if (!(total > 0)) return at > 0 ? megabytes(at) : '';
  return `${megabytes(at)} of ${megabytes(total)} (${Math.floor((100 * at) / total)} %)`;
}

async function sizeOf(file) {
  const found = await stat(file).catch(() => undefined);
  return found?.size ?? 0;
}

function partialOf(file) {
  return `${file}.partial`;
}

function noteOf(file) {
  return `${file}.partial.json`;
}
