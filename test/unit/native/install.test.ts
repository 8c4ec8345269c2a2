import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { compileCrash, elfHead, mount, otherCpu } from '../../support/badLibraries';
import { notRun } from '../../support/notRun';
import type { Ended } from '../../support/runScript';
import { ended, runFile, runLines, startLines } from '../../support/runScript';
import { TfjsNodeHost } from '../../support/tfjsNodeHost';

const result = 'native-4.22.0-1';

/** npm run native by tfjs-node's downloads, with a probe that believes them: the libraries only look real. */
const lines = `const { installNative } = await load('native/installNative.mjs');
  const there = await installNative({ way: 'downloads', probe: () => Promise.resolve('2.9.1') });
  process.exitCode = there ? 0 : 1;`;

describe('npm run native, from a host that stands in for tfjs-node’s', () => {
  let host: TfjsNodeHost;
  let cache: string;

  before(async function () {
    host = await new TfjsNodeHost().start();
    if (host.prebuilt) return;
    notRun(`the install of native TensorFlow: nothing is prebuilt for this machine`);
    this.skip();
  });
  after(() => host.stop());

  beforeEach(() => {
    cache = mkdtempSync(join(tmpdir(), 'alexnet-cache-'));
    host.reset('whole');
    host.publish();
  });
  afterEach(() => rmSync(cache, { recursive: true, force: true }));

  const environment = (): Record<string, string> => ({
    ALEXNET_CACHE: cache,
    ALEXNET_TFJS_ADDON: '',
    TFJS_NODE_CDN_STORAGE: host.address,
  });
  const install = (): Promise<Ended> => runLines(lines, environment());
  const addonOf = async (): Promise<string> => {
    const ask = `const { useNative } = await load('native/useNative.mjs');
      useNative(); console.log(process.env.ALEXNET_TFJS_ADDON || 'none');`;
    return (await runLines(ask, environment())).output.trim();
  };
  const assertNoResult = ({ code, output }: Ended, why: RegExp): void => {
    assert.equal(code, 1, output);
    assert.match(output, /No native TensorFlow:\n {2}downloads: /);
    assert.match(output, why);
    assert.match(output, /Everything runs on WebAssembly/);
    assert.deepEqual(
      readdirSync(cache).filter((name) => name.startsWith(result)),
      [],
    );
  };
  const assertRetryWorks = async (): Promise<void> => {
    host.reset('whole');
    const { code, output } = await install();
    assert.equal(code, 0, output);
    assert.deepEqual(readdirSync(cache), [result]);
  };

  it('makes a result with a manifest, says sizes and sums, and leaves nothing else', async () => {
    const { code, output } = await install();
    assert.equal(code, 0, output);
    assert.match(output, /libtensorflow.*: 0\.\d MB, sha256 [0-9a-f]{64}/);
    assert.match(output, /TensorFlow 2\.9\.1 runs natively/);
    assert.deepEqual(readdirSync(cache), [result]);
    const manifest = readManifest(cache);
    assert.equal(manifest.way, 'downloads');
    assert.equal(manifest.tensorflow, '2.9.1');
    assert.deepEqual([manifest.platform, manifest.arch], [process.platform, process.arch]);
    assert.equal(manifest.from.length, 2);
    assert.ok(manifest.files.every(({ sha256, size }) => sha256.length === 64 && size > 0));
  });

  it('does nothing the second time, mends a damaged result, and removes it', async () => {
    await install();
    host.reset('whole');
    assert.match((await install()).output, /TensorFlow 2\.9\.1 is there/);
    assert.equal(host.requests.length, 0);
    const [file] = readManifest(cache).files;
    truncateSync(join(cache, result, file!.path), 10);
    assert.equal(await addonOf(), 'none');
    assert.match((await install()).output, /not as it was made: making it anew/);
    assert.equal(await addonOf(), join(cache, result, 'lib', 'napi-v8', 'tfjs_binding.node'));
    const { output } = await runFile('native.mjs', ['--remove'], environment());
    assert.match(output, /Removed/);
    assert.deepEqual(readdirSync(cache), []);
  });

  it('an addon that a person named is left alone', async () => {
    await install();
    const ask = `const { useNative } = await load('native/useNative.mjs');
      useNative(); console.log(process.env.ALEXNET_TFJS_ADDON);`;
    const env = { ...environment(), ALEXNET_TFJS_ADDON: '/own.node' };
    assert.equal((await runLines(ask, env)).output.trim(), '/own.node');
  });

  it('goes on after a cut connection', async () => {
    host.reset('cut', 'whole');
    const { code, output } = await install();
    assert.equal(code, 0, output);
    assert.match(host.requests[1]?.range ?? '', /^bytes=\d+-$/);
  });

  const answers = [
    ['missing', /127\.0\.0\.1:\d+ has no \S+ \(404\)/],
    ['page', /answered with a web page/],
  ] as const;
  for (const [manner, why] of answers) {
    it(`host: ${manner}`, async () => {
      host.reset(manner);
      assertNoResult(await install(), why);
      await assertRetryWorks();
    });
  }

  const otherPlatform = process.platform === 'win32' ? elfHead() : Buffer.from('MZ'.padEnd(200));
  const archives: readonly (readonly [string, () => void, RegExp])[] = [
    [
      "another platform's library",
      () => host.publish({ library: otherPlatform }),
      /is made for linux-x64|is not a shared library/,
    ],
    [
      "another CPU's library",
      () => host.publish({ library: otherCpu() }),
      /is made for .*, and this machine is/,
    ],
    ["another CPU's addon", () => host.publish({ addon: otherCpu() }), /and this machine is/],
    ['a cut archive', () => truncate(host, host.libraryPath), /is damaged|is cut short/],
    [
      'something else than an archive',
      () => host.files.set(host.addonPath, Buffer.from('hello')),
      /this is not a (zip|tar\.gz) archive/,
    ],
    [
      'an archive without the library',
      () => host.files.set(host.libraryPath, host.files.get(host.addonPath)!),
      /holds no \S*tensorflow/,
    ],
  ];
  for (const [what, arrange, why] of archives) {
    it(what, async () => {
      arrange();
      assertNoResult(await install(), why);
      host.publish();
      await assertRetryWorks();
    });
  }

  it('an addon that cannot be loaded, in the real engine', async () => {
    const ended = await runFile('native.mjs', ['--way', 'downloads'], environment());
    assertNoResult(ended, /the addon does not work: /);
    await assertRetryWorks();
  });

  it('an addon that crashes on load, in the real engine', async function () {
    const crashing = compileCrash(cache);
    if (!crashing) {
      notRun('an addon that crashes on load (no C compiler)');
      this.skip();
    }
    host.publish({ addon: crashing });
    const ended = await runFile('native.mjs', ['--way', 'downloads'], environment());
    assertNoResult(ended, /the addon does not work: the engine was killed \(SIG\w+\)/);
    host.publish();
    await assertRetryWorks();
  });

  it('an addon that hangs', async () => {
    const hang = `const { probeAddon } = await load('native/probe.mjs');
      await probeAddon('/none.node', { timeoutMs: 1 });`;
    assert.match(
      (await runLines(hang)).output,
      /the addon does not work: it hangs: no answer in 0\.001 s/,
    );
  });

  it('killed in the middle', async () => {
    host.reset('slow');
    const child = startLines(lines, environment());
    const end = ended(child);
    while (!host.requests.length || !existsSync(join(cache, 'native-downloads'))) await pause(10);
    await pause(300);
    child.kill('SIGKILL');
    await end;
    assert.equal(existsSync(join(cache, result)), false);
    assert.equal(await addonOf(), 'none');
    await assertRetryWorks();
    assert.ok(host.requests.some(({ range }) => range !== undefined));
  });

  it('two at once: the second says so', async () => {
    host.reset('slow');
    const child = startLines(lines, environment());
    while (!existsSync(join(cache, 'native.lock'))) await pause(10);
    const second = await install();
    child.kill('SIGKILL');
    assert.equal(second.code, 1);
    assert.match(second.output, /at work already \(process \d+\)/);
  });

  it('a cache that cannot be written to', async () => {
    const env = { ...environment(), ALEXNET_CACHE: join(cache, 'file', 'inside') };
    writeFileSync(join(cache, 'file'), '');
    const { code, output } = await runLines(lines, env);
    assert.equal(code, 1);
    assert.match(output, /the cache cannot be written to \(a file is in the way/);
    rmSync(join(cache, 'file'));
    assert.equal((await runLines(lines, env)).code, 0);
  });

  const mounts = [
    ['a read-only disk', 'ro', /read-only/],
    ['a full disk', 'size=200k', /the disk is full/],
  ] as const;
  for (const [what, option, why] of mounts) {
    it(what, async function () {
      const disk = join(cache, 'disk');
      mkdirSync(disk);
      if (!mount(disk, option)) {
        notRun(`${what} (a tmpfs cannot be mounted here)`);
        this.skip();
      }
      try {
        const env = { ...environment(), ALEXNET_CACHE: disk };
        const { code, output } = await runLines(lines, env);
        assert.equal(code, 1);
        assert.match(output, why);
        assert.deepEqual(
          readdirSync(disk).filter((name) => name.startsWith(result)),
          [],
        );
        execFileSync('mount', ['-o', 'remount,rw,size=20m', disk]);
        assert.equal((await runLines(lines, env)).code, 0);
      } finally {
        execFileSync('umount', [disk]);
      }
    });
  }

  it('npm start tries once, remembers that it failed, and never fails for it', async () => {
    const start = `const { nativeForStart } = await load('native/nativeForStart.mjs');
      process.env.PATH = ''; await nativeForStart();`;
    host.reset('missing');
    const first = await runLines(start, environment());
    assert.equal(first.code, 0, first.output);
    assert.match(first.output, /downloads: .*404/);
    assert.match(first.output, /python: there is no Python/);
    assert.match(first.output, /wheel: there is no Python/);
    host.reset('whole');
    const second = await runLines(start, environment());
    assert.match(second.output, /^On WebAssembly: .* npm run native tries again/);
    assert.equal(host.requests.length, 0);
    assert.equal((await install()).code, 0);
    assert.equal((await runLines(start, environment())).output, '');
  });
});

interface Manifest {
  readonly way: string;
  readonly tensorflow: string;
  readonly platform: string;
  readonly arch: string;
  readonly from: readonly unknown[];
  readonly files: readonly {
    readonly path: string;
    readonly size: number;
    readonly sha256: string;
  }[];
}

function readManifest(cache: string): Manifest {
  return JSON.parse(readFileSync(join(cache, result, 'native.json'), 'utf8')) as Manifest;
}

function truncate(host: TfjsNodeHost, path: string): void {
  const whole = host.files.get(path)!;
  host.files.set(path, whole.subarray(0, whole.length >> 1));
}
