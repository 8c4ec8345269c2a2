import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { withProgress } from '../lib/progress.mjs';
import { hostTools } from './hostTools.mjs';

const usual = { limitBytes: 1e9, tries: 5, stallMs: 30_000, pauseMs: 1000 };

/**
 * Fetches an address into a file, going on where an earlier call was cut (in this process or in
 * another) if the server still has the same file. The file appears under its name when complete.
 */
export async function download(url, file, options = {}) {
  const { megabytes } = await hostTools();
  const settings = { ...usual, ...options };
  if ((await sizeOf(file)) > 0) return;
  const state = { at: 0, total: undefined };
  const label = `Fetching ${basename(file)} from ${new URL(url).host}`;
  await withProgress(
    label,
    () => untilComplete(url, file, settings, state),
    () => progressOf(state, megabytes),
  );
  console.log(`  ${megabytes(state.at)}`);
}

/** Removes a downloaded file and what is left of a cut download of it. */
export async function forget(file) {
  for (const name of [file, partOf(file), noteOf(file)]) await rm(name, { force: true });
}

async function untilComplete(url, file, settings, state) {
  const { BadFileError, DiskFullError, explainDisk, megabytes } = await hostTools();
  for (let left = settings.tries; ; left--) {
    const before = await sizeOf(partOf(file));
    try {
      return await attempt(url, file, settings, state);
    } catch (error) {
      const explained = explainDisk(error, dirname(file));
      const isLost = explained instanceof DiskFullError || explained instanceof BadFileError;
      if (isLost) await forget(file);
      const cameOn = (await sizeOf(partOf(file))) !== before;
      if (isLost || !cameOn || left <= 1) throw explained;
      console.log(`  cut at ${megabytes(state.at)}, going on there`);
      await pause(settings.pauseMs);
    }
  }
}

/** One request; ends with the whole file in place, or with an error and what came in the part. */
async function attempt(url, file, settings, state) {
  const { openSink, remoteFileOf, transfer } = await hostTools();
  const part = partOf(file);
  const { start, version } = await readPart(url, file);
  const onAnswer = async (response, from) => {
    const { bytes, version: now } = remoteFileOf(url, response);
    state.at = from;
    state.total = bytes === undefined ? undefined : from + bytes;
    await writeFile(noteOf(file), JSON.stringify({ url, version: now }));
  };
  await transfer(
    { url, start, ifVersion: version, bytes: undefined, follow: true, onAnswer },
    part,
    {
      openSink: settings.openSink ?? openSink,
      signal: new AbortController().signal,
      silence: settings.stallMs,
      most: settings.limitBytes,
      onBytes: (done) => (state.at = done),
    },
  );
  await rename(part, file);
  await rm(noteOf(file), { force: true });
}

/** How much a cut call left, if it is of this address and the server named its version. */
async function readPart(url, file) {
  const note = await readFile(noteOf(file), 'utf8').then(JSON.parse, () => undefined);
  if (note?.url !== url || !note.version) return { start: 0, version: undefined };
  return { start: await sizeOf(partOf(file)), version: note.version };
}

function progressOf({ at, total }, megabytes) {
  if (!(total > 0)) return at > 0 ? megabytes(at) : '';
  return `${megabytes(at)} of ${megabytes(total)} (${Math.floor((100 * at) / total)} %)`;
}

async function sizeOf(file) {
  const found = await stat(file).catch(() => undefined);
  return found?.size ?? 0;
}

function partOf(file) {
  return `${file}.part`;
}

function noteOf(file) {
  return `${file}.part.json`;
}
