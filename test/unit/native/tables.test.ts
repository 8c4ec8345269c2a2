import { strict as assert } from 'node:assert';
import { platformsOf } from '../../../src/host/native/binaryHeader';
import { runLines } from '../../support/runScript';

/** What the lines leave in `answer`. */
async function answerOf(lines: string): Promise<unknown> {
  const { code, output } = await runLines(`${lines} console.log(JSON.stringify(answer));`);
  assert.equal(code, 0, output);
  return JSON.parse(output);
}

/** For each machine, under its settings: the library's address and the addon's. */
function filesOf(machines: readonly Machine[]): Promise<unknown> {
  return answerOf(
    `const { tfjsNodeFiles } = await load('native/tfjsNodeFiles.mjs');
     const answer = await Promise.all(${JSON.stringify(machines)}.map(async ([machine, env = {}]) => {
       const [platform, arch] = machine.split(' ');
       const files = await tfjsNodeFiles({ platform, arch }, env);
       return files ? [files.library.url, files.addon?.url ?? 'compiled'] : 'nothing';
     }));`,
  );
}

type Machine = readonly [name: string, env?: Readonly<Record<string, string>>];

describe("which of tfjs-node's files is for which machine", () => {
  const host = 'https://storage.googleapis.com';
  const library = `${host}/tensorflow/libtensorflow/libtensorflow-cpu`;
  const addon = `${host}/tf-builds/pre-built-binary/napi-v8/4.22.0/CPU`;
  const cases: readonly (readonly [string, unknown])[] = [
    ['linux x64', [`${library}-linux-x86_64-2.9.1.tar.gz`, `${addon}-linux-4.22.0.tar.gz`]],
    ['linux arm64', [`${host}/tf-builds/libtensorflow_r2_7_linux_arm64.tar.gz`, 'compiled']],
    ['darwin x64', [`${library}-darwin-x86_64-2.9.1.tar.gz`, 'compiled']],
    ['darwin arm64', [`${host}/tf-builds/libtensorflow_r2_7_darwin_arm64_cpu.tar.gz`, 'compiled']],
    ['win32 x64', [`${library}-windows-x86_64-2.9.1.zip`, `${addon}-windows-4.22.0.zip`]],
    ['win32 arm64', 'nothing'],
    ['freebsd x64', 'nothing'],
  ];
  it('by platform and CPU', async () => {
    const answer = await filesOf(cases.map(([machine]) => [machine]));
    assert.deepEqual(
      answer,
      cases.map(([, expected]) => expected),
    );
  });

  it("from another host, by tfjs-node's own variables", async () => {
    const answer = await filesOf([
      ['linux x64', { npm_config_TFJS_NODE_CDN_STORAGE: 'http://mirror/tf' }],
      ['linux x64', { TFJS_NODE_BASE_URI: 'http://mirror/libtensorflow-' }],
    ]);
    assert.deepEqual(answer, [
      [
        'http://mirror/tf/tensorflow/libtensorflow/libtensorflow-cpu-linux-x86_64-2.9.1.tar.gz',
        'http://mirror/tf/tf-builds/pre-built-binary/napi-v8/4.22.0/CPU-linux-4.22.0.tar.gz',
      ],
      ['http://mirror/libtensorflow-cpu-linux-x86_64-2.9.1.tar.gz', `${addon}-linux-4.22.0.tar.gz`],
    ]);
  });
});

it('wheels are pinned by sha256 where they were proved, and never asked for where none links', async () => {
  const answer = await answerOf(
    `const { wheelRequirement } = await load('native/wheels.mjs');
     const ask = (platform, arch, python) => wheelRequirement({ platform, arch }, python) ?? 'none';
     const answer = [ask('linux', 'x64', '3.11'), ask('linux', 'x64', '3.14'), ask('darwin', 'arm64', '3.12'), ask('win32', 'x64', '3.12')];`,
  );
  const [pinned, ...others] = answer as string[];
  assert.match(pinned!, /^tensorflow-cpu==2\.21\.0 --hash=sha256:[0-9a-f]{64}$/);
  assert.deepEqual(others, ['tensorflow-cpu', 'tensorflow', 'none']);
});

it("a library's machine is read from its head", () => {
  const heads = {
    elf: '7f454c4602010100000000000000000003003e00',
    elfArm: '7f454c460201010000000000000000000300b700',
    mach: 'cffaedfe0c000001',
    fat: `cafebabe0000000201000007${'00'.repeat(16)}0100000c`,
    page: Buffer.from('<!DOCTYPE html>').toString('hex'),
    empty: '',
  };
  const answer = Object.entries(heads).map(([name, hex]) => {
    const padding = Buffer.alloc(name === 'empty' ? 0 : 100);
    return [name, platformsOf(Buffer.concat([Buffer.from(hex, 'hex'), padding]))];
  });
  assert.deepEqual(Object.fromEntries(answer), {
    elf: ['linux-x64'],
    elfArm: ['linux-arm64'],
    mach: ['darwin-arm64'],
    fat: ['darwin-x64', 'darwin-arm64'],
    page: [],
    empty: [],
  });
});
