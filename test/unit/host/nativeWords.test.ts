import { strict as assert } from 'node:assert';
import { ProgressWords } from '../../../src/host/download/progressWords';
import { offerDetail, outcomeWords } from '../../../src/host/native/nativeWords';

describe('the installation of a native engine in words', () => {
  it('counts megabytes and their speed, four times a second', () => {
    const words = new ProgressWords();
    const what = 'fetching libtensorflow';
    const total = 100e6;
    const steps = [0, 100, 1000, 2000].map((now) =>
      words.add({ what, done: now * 5e3, total }, now),
    );
    assert.deepEqual(steps, [
      { message: 'fetching libtensorflow, 0.0 of 100.0 MB', increment: 0 },
      undefined,
      { message: 'fetching libtensorflow, 5.0 of 100.0 MB, 5.0 MB/s', increment: 5 },
      { message: 'fetching libtensorflow, 10.0 of 100.0 MB, 5.0 MB/s', increment: 5 },
    ]);
    assert.deepEqual(words.add({ what: 'trying it out' }, 2001), {
      message: 'trying it out',
      increment: 0,
    });
  });

  it('asks with names, sizes, the host and the folder', () => {
    const files = [
      { what: 'libtensorflow', name: 'lib.tar.gz', bytes: 108_900_000 },
      { what: 'the addon', name: 'addon.tar.gz', bytes: undefined },
    ];
    const detail = offerDetail({ host: 'example.org', folder: '/storage', files });
    for (const part of [
      'example.org',
      '/storage',
      'lib.tar.gz, 108.9 MB',
      'addon.tar.gz, of unknown size',
    ])
      assert.ok(detail.includes(part), part);
  });

  it('says which backend runs, and why not the native one', () => {
    const info = { backend: 'wasm', threads: 1, version: '4.22.0', refused: [] } as const;
    assert.equal(
      outcomeWords(info),
      'wasm 4.22.0 runs now, on 1 thread: the setting alexnet.engine.backend asks for it.',
    );
    const refused = [{ backend: 'tensorflow', why: 'it is too old' }] as const;
    assert.match(outcomeWords({ ...info, refused }), /on 1 thread: it is too old\.$/);
    assert.match(outcomeWords({ ...info, backend: 'tensorflow', threads: 2 }), /on 2 threads\.$/);
  });
});
