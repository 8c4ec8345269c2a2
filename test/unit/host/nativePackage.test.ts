import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NativeArchive, PlatformId } from '../../../src/host/native/nativePackage';
import { archivesFor, nativePackages, platformIds } from '../../../src/host/native/nativePackage';
import { nativeHost } from '../../../src/host/native/nativePackage';

const tfjsNode = 'node_modules/@tensorflow/tfjs-node';
const source = (path: string): string => readFileSync(join(tfjsNode, path), 'utf8');

const libraries: Readonly<Record<PlatformId, string | undefined>> = {
  'linux-x64': 'tensorflow/libtensorflow/libtensorflow-cpu-linux-x86_64-2.9.1.tar.gz',
  'linux-arm64': 'tf-builds/libtensorflow_r2_7_linux_arm64.tar.gz',
  'darwin-x64': 'tensorflow/libtensorflow/libtensorflow-cpu-darwin-x86_64-2.9.1.tar.gz',
  'darwin-arm64': 'tf-builds/libtensorflow_r2_7_darwin_arm64_cpu.tar.gz',
  'win32-x64': 'tensorflow/libtensorflow/libtensorflow-cpu-windows-x86_64-2.9.1.zip',
  'win32-arm64': undefined,
};

/** Where the table puts an entry of an archive. */
function placeOf({ take }: NativeArchive, entry: string): string | undefined {
  return take.find((rule) => rule.entry.test(entry))?.folder;
}

describe('the files of a native engine, platform by platform', () => {
  for (const platform of platformIds) {
    it(`${platform}: the library of tfjs-node's own installer`, () => {
      assert.equal(nativePackages[platform].library?.path, libraries[platform]);
    });
  }

  it('are those of the tfjs-node that is bundled', () => {
    const { version, binary } = JSON.parse(source('package.json')) as {
      version: string;
      binary: { host: string; napi_versions: number[] };
    };
    const [, addon] = archivesFor('linux-x64');
    const napi = Math.max(...binary.napi_versions);
    const name = `napi-v${napi}/${version}/CPU-linux-${version}.tar.gz`;
    assert.equal(`${nativeHost()}/${addon.path}`, `${binary.host}/${name}`);
    assert.match(source('scripts/deps-constants.js'), /LIBTENSORFLOW_VERSION = '2\.9\.1'/);
    const installer = source('scripts/install.js');
    assert.ok(installer.includes(`'${nativeHost()}/'`));
    for (const platform of ['linux-arm64', 'darwin-arm64'] as const)
      assert.ok(installer.includes(libraries[platform]!), platform);
  });

  it("Linux: in tfjs-node's own layout, which the addon's search path expects", () => {
    const [library, addon] = archivesFor('linux-x64');
    for (const name of ['libtensorflow.so', 'libtensorflow.so.2', 'libtensorflow.so.2.9.1'])
      assert.equal(placeOf(library, `lib/${name}`), 'deps/lib');
    assert.equal(placeOf(library, 'lib/libtensorflow_framework.so.2.9.1'), 'deps/lib');
    assert.equal(placeOf(library, 'THIRD_PARTY_TF_C_LICENSES'), 'deps');
    assert.equal(placeOf(addon, 'napi-v8/tfjs_binding.node'), 'lib/napi-v8');
    for (const entry of ['include/tensorflow/c/c_api.h', 'lib/other.so', 'x/lib/libtensorflow.so'])
      assert.equal(placeOf(library, entry), undefined, entry);
  });

  it('Windows: the DLL beside the addon, from either form of the archive', () => {
    const [library, addon] = archivesFor('win32-x64');
    assert.deepEqual(
      ['lib/tensorflow.dll', 'tensorflow.dll'].map((entry) => placeOf(library, entry)),
      ['lib/napi-v8', 'lib/napi-v8'],
    );
    assert.deepEqual([library.kind, addon.kind], ['zip', 'tar.gz']);
    assert.match(addon.path, /CPU-windows-4\.22\.0\.zip$/);
    assert.deepEqual(library.libraries, ['lib/napi-v8/tensorflow.dll']);
  });

  for (const platform of [
    'linux-arm64',
    'darwin-x64',
    'darwin-arm64',
    'win32-arm64',
    'sunos-x64',
  ]) {
    it(`${platform}: refused, with what to do instead`, () => {
      assert.throws(
        () => archivesFor(platform),
        /: ?.*alexnet\.engine\.libraryPath.*wasm|libraryPath/,
      );
    });
  }
});
