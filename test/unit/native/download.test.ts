import { strict as assert } from 'node:assert';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { FileHost } from '../../support/fileHost';
import type { Ended } from '../../support/runScript';
import { runLines, startLines } from '../../support/runScript';

describe('a download of npm run native', () => {
  const bytes = randomBytes(400_000);
  let host: FileHost;
  let folder: string;

  before(async () => {
    host = await new FileHost().start();
    host.files.set('file.bin', bytes);
  });
  after(() => host.stop());

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'alexnet-download-'));
    host.reset('whole');
    host.etag = '"1"';
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const target = (): string => join(folder, 'file.bin');
  const lines = (options = '{ pauseMs: 10 }'): string => {
    const args = [`${host.address}file.bin`, target()].map((text) => JSON.stringify(text));
    return `const { download } = await load('native/download.mjs');
      await download(${args.join(', ')}, ${options});`;
  };
  const fetchFile = (options?: string): Promise<Ended> => runLines(lines(options));
  const assertWhole = (): void => {
    assert.deepEqual(readdirSync(folder), ['file.bin']);
    assert.ok(readFileSync(target()).equals(bytes));
  };

  it('brings the file, its size and nothing else; a second call asks for nothing', async () => {
    const { code, output } = await fetchFile();
    assert.equal(code, 0, output);
    assert.match(output, /Fetching file\.bin from 127\.0\.0\.1:\d+/);
    assert.match(output, /0\.4 MB/);
    assertWhole();
    assert.equal((await fetchFile()).code, 0);
    assert.equal(host.requests.length, 1);
  });

  it('goes on where the connection was cut, twice', async () => {
    host.reset('cut', 'cut', 'whole');
    const { code, output } = await fetchFile();
    assert.equal(code, 0, output);
    assert.match(output, /cut at 0\.\d MB, going on there/);
    assert.deepEqual(
      host.requests.map(({ range }) => range?.replace(/\d+/, 'N')),
      [undefined, 'bytes=N-', 'bytes=N-'],
    );
    assertWhole();
  });

  it('keeps what came when it gives up, and a later call goes on there', async () => {
    host.reset('cut');
    const { code, output } = await fetchFile('{ tries: 1 }');
    assert.equal(code, 1);
    assert.match(
      output,
      /connection to 127\.0\.0\.1:\d+ broke after .* try again to go on from there/,
    );
    assert.equal(existsSync(target()), false);
    // A connection that is torn down can take with it what was still on its way.
    const { size } = statSync(`${target()}.part`);
    assert.ok(size > 0 && size <= 160_000, `${size} bytes are kept`);
    host.reset('whole');
    assert.equal((await fetchFile()).code, 0);
    assert.equal(host.requests[0]?.range, `bytes=${size}-`);
    assertWhole();
  });

  it('goes on after its process was killed', async () => {
    host.reset('slow');
    const child = startLines(lines());
    const partial = `${target()}.part`;
    while (!existsSync(partial) || statSync(partial).size < 20_000) await pause(10);
    child.kill('SIGKILL');
    assert.equal(existsSync(target()), false);
    host.reset('whole');
    assert.equal((await fetchFile()).code, 0);
    assert.match(host.requests[0]?.range ?? '', /^bytes=\d{5,}-$/);
    assertWhole();
  });

  it('begins anew where the file changed in between, and where the host knows no ranges', async () => {
    for (const [manner, etag] of [
      ['whole', '"2"'],
      ['noRanges', '"1"'],
    ] as const) {
      host.reset('cut');
      host.etag = '"1"';
      await fetchFile('{ tries: 1 }');
      host.reset(manner);
      host.etag = etag;
      assert.equal((await fetchFile()).code, 0);
      assertWhole();
      rmSync(target());
    }
  });

  const refusals = [
    ['missing', '{}', /127\.0\.0\.1:\d+ has no file\.bin \(404\)/],
    ['page', '{}', /answered with a web page/],
    ['hugeLength', '{}', /file\.bin has 5000\.0 MB, which is too much to be true/],
    ['whole', '{ limitBytes: 1000 }', /file\.bin has 0\.4 MB, which is too much to be true/],
    ['slow', '{ stallMs: 1, tries: 1 }', /it fell silent/],
  ] as const;
  for (const [manner, options, why] of refusals) {
    it(`says why it leaves nothing: ${manner} ${options}`, async () => {
      host.reset(manner);
      const { code, output } = await fetchFile(options);
      assert.equal(code, 1);
      assert.match(output, why);
      assert.equal(existsSync(target()), false);
      host.reset('whole');
      assert.equal((await fetchFile()).code, 0);
      assertWhole();
    });
  }

  it('gives the space of a full disk back', async () => {
    const full = `{ openSink: async (path) => {
      const handle = await (await import('node:fs/promises')).open(path, 'w');
      const error = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
      return { write: () => Promise.reject(error), close: () => handle.close() };
    } }`;
    const { code, output } = await fetchFile(full);
    assert.equal(code, 1);
    assert.match(output, /the disk is full/);
    assert.deepEqual(readdirSync(folder), []);
    assert.equal((await fetchFile()).code, 0);
    assertWhole();
  });
});
