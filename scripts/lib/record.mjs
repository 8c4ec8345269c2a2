import { appendFileSync, existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const ended = (event) => event === 'end' || event === 'cut';

/** Notes why a run came to no end of its own, unless it did. */
export function noteCut(file, why) {
  if (events(file).some(({ event }) => ended(event))) return;
  // What died while it wrote left half a line.
  appendFileSync(file, `\n${JSON.stringify({ event: 'cut', at: Date.now(), why })}\n`);
}

/** What the runs that left their records in a folder have passed, failed and skipped, and each test file's milliseconds. */
export function readRecords(folder) {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const runs = names.sort().map((name) => readRecord(join(folder, name)));
  const sum = (key) => runs.reduce((total, run) => total + run[key], 0);
  return {
    passed: sum('passed'),
    failed: sum('failed'),
    skipped: sum('skipped'),
    failures: runs.flatMap(({ failures }) => failures),
    files: runs.flatMap(({ files }) => [...files]),
  };
}

/** One run. One that was cut has one failure more, which names what ran then. */
function readRecord(file) {
  const all = events(file);
  const count = (wanted) => all.filter(({ event }) => event === wanted).length;
  const failures = all
    .filter(({ event }) => event === 'fail')
    .map(({ title, message }) => `${title}\n    ${message}`);
  const last = all.at(-1);
  if (last?.event !== 'end')
    failures.push(cutSentence(all, last?.why ?? 'its end is not recorded'));
  return {
    passed: count('pass'),
    failed: failures.length,
    skipped: count('pending'),
    failures,
    files: millisecondsByFile(all),
  };
}

function cutSentence(all, why) {
  const running = whatRan(all);
  if (running) return `${running}\n    was running when its run was cut: ${why}`;
  const passed = all.findLast(({ event }) => event === 'pass');
  return `a run was cut ${passed ? `after "${passed.title}"` : 'before its first test'}: ${why}`;
}

/** The title of the test or hook that has begun and not ended. */
function whatRan(all) {
  let [test, hook] = [];
  for (const { event, title } of all) {
    if (event === 'test') test = title;
    else if (event === 'hook') hook = title;
    else if (event === 'hook end') hook = undefined;
    else if (event === 'pass' || event === 'fail') [test, hook] = [];
  }
  return hook ?? test;
}

/** The time from each event to the next belongs to the file of the first. */
function millisecondsByFile(all) {
  const files = new Map();
  for (const [index, { file, at }] of all.entries()) {
    const next = all[index + 1];
    if (!file || !next) continue;
    const name = `${basename(dirname(file))}/${basename(file, '.test.js')}`;
    files.set(name, (files.get(name) ?? 0) + next.at - at);
  }
  return files;
}

/** All that the record says, but for half a line. */
function events(file) {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
  return lines.flatMap((line) => {
    try {
      return [JSON.parse(line)];
    } catch (error) {
      if (error instanceof SyntaxError) return [];
      throw error;
    }
  });
}
