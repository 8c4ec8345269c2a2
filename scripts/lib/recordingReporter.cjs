const { appendFileSync, existsSync, readFileSync } = require('node:fs');
const { SourceMap } = require('node:module');
const { dirname, resolve } = require('node:path');
const { format } = require('node:util');
const { reporters } = require('mocha');

/** Inside VS Code a mark tells the report's lines from everything else that is logged there. */
const { ALEXNET_MARK: mark, ALEXNET_RECORD: record } = process.env;
const { consoleLog } = reporters.Base;
if (mark) reporters.Base.consoleLog = (...args) => consoleLog(mark + format(...args));

/**
 * Mocha's spec report for people, and a line of JSON for each beginning and end of a test or hook, written at once:
 * what a run has done is known whatever becomes of its process (record.mjs reads it).
 */
class RecordingReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.on('test', (test) => write('test', test));
    runner.on('hook', (hook) => write('hook', hook));
    runner.on('hook end', (hook) => write('hook end', hook));
    runner.on('pass', (test) => write('pass', test));
    runner.on('pending', (test) => write('pending', test));
    runner.on('fail', (test, error) => {
      error.stack &&= inSources(error.stack);
      write('fail', test, { message: error.message });
    });
    runner.once('end', () => write('end'));
  }
}

function write(event, runnable, more) {
  const what = runnable && { title: runnable.fullTitle(), file: runnable.file };
  appendFileSync(record, `${JSON.stringify({ event, at: Date.now(), ...what, ...more })}\n`);
}

/**
 * A stack's places in bundles as those in their sources. Node would do so too (--enable-source-maps), but reads the map
 * of every bundle as it loads: 140 MB that each collection of garbage goes through, for stacks that nobody sees.
 */
function inSources(stack) {
  return stack.replaceAll(
    /((?:[A-Za-z]:)?[^\s():]+\.js):(\d+):(\d+)/g,
    (place, file, line, column) => {
      const map = mapOf(file);
      const { originalSource, originalLine, originalColumn } =
        map?.findEntry(line - 1, column - 1) ?? {};
      if (originalSource === undefined) return place;
      return `${resolve(dirname(file), originalSource)}:${originalLine + 1}:${originalColumn + 1}`;
    },
  );
}

function mapOf(file) {
  const path = `${file}.map`;
  return existsSync(path) ? new SourceMap(JSON.parse(readFileSync(path, 'utf8'))) : undefined;
}

module.exports = RecordingReporter;
