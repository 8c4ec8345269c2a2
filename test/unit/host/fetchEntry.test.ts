import { strict as assert } from 'node:assert';
import { createHash } from 'node:crypto';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import type { Checksum } from '../../../src/library/catalogue';
import type { Step } from '../../../src/host/download/progressWords';
import { CancelledError } from '../../../src/protocol/rpc';
import { failingDisk } from '../../support/failingDisk';
import { useWeightsDownload, weightsBytes } from '../../support/useWeightsDownload';
import { atMost, waitUntil } from '../../support/waiting';

const size = weightsBytes.length;
const pointer = Buffer.from(
  `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize ${size}\n`,
);
const page = Buffer.from('<!DOCTYPE html><html><body>Sign in to the network</body></html>');
const wrong = Buffer.alloc(size, 7);

describe('downloading published weights', () => {
  const weights = useWeightsDownload();
  const { entry, publish, fetch, assertComplete, assertNotThere } = weights;
  const requests = (): readonly string[] => weights.publisher().requests;

  it('keeps the file under its checksum, with nothing beside it, and tells every byte', async () => {
    publish({});
    const steps: Step[] = [];
    await fetch({ report: (step) => steps.push(step) });
    await assertComplete();
    const counted = steps.filter(({ done }) => done !== undefined);
    assert.deepEqual(
      [counted.at(-1)?.done, counted.at(-1)?.total, counted.at(-1)?.what],
      [size, size, 'downloading Test weights'],
    );
    assert.equal(steps.at(-1)?.what, 'checking Test weights');
  });

  it('asks nobody where it is there already', async () => {
    publish({});
    await fetch();
    weights.publisher().requests.length = 0;
    await fetch();
    assert.deepEqual(requests(), []);
  });

  const header = `blob ${size}\0`;
  const sums: Readonly<Record<Checksum['kind'], string>> = {
    sha256: createHash('sha256').update(weightsBytes).digest('hex'),
    sha1: createHash('sha1').update(weightsBytes).digest('hex'),
    gitBlob: createHash('sha1').update(header).update(weightsBytes).digest('hex'),
  };
  for (const kind of ['sha256', 'sha1', 'gitBlob'] as const) {
    it(`is checked by ${kind}`, async () => {
      const wanted = entry({ checksum: { kind, hex: sums[kind] } });
      publish({});
      await fetch({}, wanted);
      await assertComplete(wanted);
      const other = entry({ checksum: { kind, hex: sums[kind].replace(/^./, 'x') } });
      await assert.rejects(fetch({}, other), /has the checksum [0-9a-f]+; it should be x/);
      assert.equal(await weights.store().bytes(other), 0);
    });
  }

  for (const cutAfter of [1, 1000, Math.floor(size / 2), size - 1]) {
    it(`goes on after a connection that was cut at ${cutAfter} of ${size} bytes`, async () => {
      publish({ cutAfter });
      await assert.rejects(fetch({}, entry({ urls: entry().urls.slice(0, 1) })), /broke after/);
      await assertNotThere(cutAfter);
      publish({});
      weights.publisher().requests.length = 0;
      await fetch();
      assert.deepEqual(requests(), [`GET /first.bin bytes=${cutAfter}-`]);
      await assertComplete();
    });
  }

  it('goes on at the next address, as both lead to the same bytes', async () => {
    publish({ cutAfter: 1000 }, {});
    await fetch();
    assert.deepEqual(requests(), ['GET /first.bin', 'GET /second.bin bytes=1000-']);
    await assertComplete();
  });

  it('is only checked where all of it had arrived', async () => {
    await mkdir(weights.store().folder, { recursive: true });
    await writeFile(weights.store().partPath(entry()), weightsBytes);
    await fetch();
    assert.deepEqual(requests(), []);
    await assertComplete();
  });

  it('starts anew where what was there turns out to be of another file', async () => {
    await mkdir(weights.store().folder, { recursive: true });
    for (const [had, about] of [
      [wrong.subarray(0, 1000), entry()],
      [wrong, entry()],
      // Past the end: 416.
      [Buffer.alloc(size + 5), entry({ isRough: true })],
    ] as const) {
      await writeFile(weights.store().partPath(about), had);
      publish({});
      await fetch({}, about);
      await assertComplete();
      await weights.store().remove(about);
    }
  });

  it('starts anew where the server knows no ranges', async () => {
    publish({ cutAfter: 1000 });
    await assert.rejects(fetch());
    publish({ ranges: false });
    await fetch();
    await assertComplete();
  });

  it('takes its time from a slow server, and gives a silent one up', async () => {
    publish({ slow: { milliseconds: 5, bytes: 20_000 } });
    await fetch({ silence: atMost(1_000) });
    await assertComplete();
    await weights.store().remove(entry());
    publish({ stallAfter: 5000 });
    const silent = fetch({ silence: atMost(300) }, entry({ urls: entry().urls.slice(0, 1) }));
    await assert.rejects(silent, /broke after 0\.0 of 0\.3 MB \(it fell silent\): try again/);
    await assertNotThere(5000);
  });

  it('follows redirects, as publishers keep large files elsewhere', async () => {
    publish({ location: '/second.bin' }, {});
    await fetch();
    assert.deepEqual(requests(), ['GET /first.bin', 'GET /second.bin']);
    await assertComplete();
  });

  for (const { name, first, says } of [
    { name: '404', first: undefined, says: /has no first\.bin \(404\)/ },
    { name: '500', first: { status: 500 }, says: /answered 500/ },
    { name: 'other bytes', first: { bytes: wrong }, says: /has the checksum/ },
    {
      name: 'a shorter file',
      first: { bytes: wrong.subarray(0, 1000) },
      says: /sent another file of 1000 bytes instead of the file of 0\.3 MB/,
    },
    {
      name: 'a longer file',
      first: { bytes: Buffer.alloc(size + 1), unsized: true },
      says: /sent more than the 0\.3 of 0\.3 MB/,
    },
    {
      name: 'a Git LFS pointer',
      first: { bytes: pointer, type: 'text/plain' },
      says: new RegExp(`sent a Git LFS pointer of ${pointer.length} bytes`),
    },
    {
      name: 'a Git LFS pointer of unknown length',
      first: { bytes: pointer, unsized: true },
      says: /sent a Git LFS pointer instead/,
    },
    {
      name: 'an HTML page',
      first: { bytes: page, type: 'text/html' },
      says: /answered with a web page when asked for first\.bin/,
    },
    { name: 'an HTML page in disguise', first: { bytes: page }, says: /sent a web page of \d+ b/ },
    {
      name: 'an HTML page of the right size',
      first: { bytes: Buffer.concat([page, wrong.subarray(page.length)]) },
      says: /sent a web page instead of the file/,
    },
  ]) {
    it(`${name}: is said, nothing of it is kept, and the next address is tried`, async () => {
      publish(first);
      await assert.rejects(fetch(), says);
      await assertNotThere(0);
      publish(first, {});
      await fetch();
      await assertComplete();
    });
  }

  it('names every host where nobody answers, and what to do', async () => {
    const nobody = entry({ urls: ['http://127.0.0.1:9/a', 'http://127.0.0.1:9/b'] });
    await assert.rejects(
      fetch({}, nobody),
      /^UnreachableError: 127\.0\.0\.1:9 could not be reached \([^)]+\): check the network .*http\.proxy$/,
    );
  });

  it('ends at once when it is cancelled, and goes on from there the next time', async () => {
    publish({ stallAfter: 5000 }, {});
    const controller = new AbortController();
    const report = ({ done }: Step): void => {
      if (done === 5000) controller.abort(new CancelledError());
    };
    await assert.rejects(fetch({ signal: controller.signal, report }), CancelledError);
    await assertNotThere(5000);
    assert.deepEqual(requests(), ['GET /first.bin'], 'the next address is not tried');
    publish({});
    await fetch();
    assert.equal(requests().at(-1), 'GET /first.bin bytes=5000-');
    await assertComplete();
  });

  it('a full disk: gives back what it took', async () => {
    publish({});
    await assert.rejects(
      fetch({ openSink: failingDisk('ENOSPC', 100_000) }),
      /the disk is full: free some space/,
    );
    await assertNotThere(0);
    await fetch();
    await assertComplete();
  });

  it('a disk that cannot be written: says so', async () => {
    publish({});
    const readOnly = fetch({ openSink: failingDisk('EROFS', 0) });
    await assert.rejects(readOnly, /could not be written \(EROFS\)/);
    await assertNotThere(0);
  });

  it('is done by one window at a time', async () => {
    publish({ slow: { milliseconds: 10, bytes: 3_000 } });
    const first = fetch();
    await waitUntil('the first request', () => requests().length > 0);
    await assert.rejects(fetch(), /Test weights is being downloaded already/);
    await first;
    await assertComplete();
  });

  it('is removed with what is left of an unfinished download', async () => {
    publish({ cutAfter: 1000 });
    await assert.rejects(fetch());
    await weights.store().remove(entry());
    assert.deepEqual(await readdir(weights.store().folder), []);
  });
});
