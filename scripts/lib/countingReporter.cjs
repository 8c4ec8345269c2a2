const { appendFileSync } = require('node:fs');
const { format } = require('node:util');
const { reporters } = require('mocha');

/** Inside VS Code a mark tells the report's lines from everything else that is logged there. */
const { ALEXNET_MARK: mark, ALEXNET_COUNTS: countsFile } = process.env;
const { consoleLog } = reporters.Base;
if (mark) reporters.Base.consoleLog = (...args) => consoleLog(mark + format(...args));

/** Mocha's spec report for people, and the counts with what failed as a line of JSON for scripts/test.mjs. */
class CountingReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const failures = [];
    runner.on('fail', (test, error) => failures.push(`${test.fullTitle()}\n    ${error.message}`));
    runner.once('end', () => {
      const { passes: passed, failures: failed, pending: skipped } = runner.stats;
      appendFileSync(countsFile, `${JSON.stringify({ passed, failed, skipped, failures })}\n`);
    });
  }
}

module.exports = CountingReporter;
