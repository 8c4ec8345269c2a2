const { appendFileSync } = require('node:fs');
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
    runner.on('fail', (test, error) => write('fail', test, { message: error.message }));
    runner.once('end', () => write('end'));
  }
}

function write(event, runnable, more) {
  const what = runnable && { title: runnable.fullTitle(), file: runnable.file };
  appendFileSync(record, `${JSON.stringify({ event, at: Date.now(), ...what, ...more })}\n`);
}

module.exports = RecordingReporter;
