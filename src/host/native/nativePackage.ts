/** `process.platform` and `process.arch` of the machines that VS Code's extensions run on. */
export const platformIds = [
  'linux-x64',
  'linux-arm64',
  'darwin-x64',
  'darwin-arm64',
  'win32-x64',
  'win32-arm64',
] as const;
export type PlatformId = (typeof platformIds)[number];

/** As in platformIds, where it is one of them. */
export const thisPlatform = `${process.platform}-${process.arch}`;

/** One archive of tfjs-node's host, and which of its files go where. */
export interface NativeArchive {
  readonly what: string;
  /** Below the host. */
  readonly path: string;
  /** Of the content: the name of the Windows addon ends in .zip, and it is a tar all the same. */
  readonly kind: 'tar.gz' | 'zip';
  /** The first pattern that an entry's path fits decides its folder; other entries are left out. */
  readonly take: readonly {
    readonly entry: RegExp;
    readonly folder: string;
    /** Below the folder as in the archive; without it, a file lies in the folder itself. */
    readonly keepsPath?: true;
  }[];
  /** What must be there afterwards, and be for this machine; from the installation's folder. */
  readonly libraries: readonly string[];
  /** Hexadecimal. None is published; checked where one is known. */
  readonly sha256?: string;
}

/** What makes a native engine on one platform. Without `addon` none can be installed, and `missing` says why. */
export interface NativePackage {
  readonly title: string;
  readonly library: NativeArchive | undefined;
  readonly addon: NativeArchive | undefined;
  readonly missing?: string;
}

/** Where tfjs-node's own layout has its addon, for every Node since 12 (Node-API 8). */
export const addonFile = 'lib/napi-v8/tfjs_binding.node';

/** Every platform's files, as tfjs-node 4.22.0's own installer chooses them (its scripts/install.js and package.json). */
export const nativePackages: Readonly<Record<PlatformId, NativePackage>> = {
  'linux-x64': {
    title: 'Linux x64',
    library: library('tensorflow/libtensorflow/libtensorflow-cpu-linux-x86_64-2.9.1.tar.gz', [
      'libtensorflow.so.2',
      'libtensorflow_framework.so.2',
    ]),
    addon: addon('CPU-linux-4.22.0.tar.gz'),
  },
  'linux-arm64': {
    title: 'Linux arm64',
    library: library('tf-builds/libtensorflow_r2_7_linux_arm64.tar.gz', [
      'libtensorflow.so.2',
      'libtensorflow_framework.so.2',
    ]),
    addon: undefined,
    missing: 'tfjs-node publishes its addon for Linux on x64 only',
  },
  'darwin-x64': {
    title: 'macOS x64',
    library: library('tensorflow/libtensorflow/libtensorflow-cpu-darwin-x86_64-2.9.1.tar.gz', [
      'libtensorflow.2.dylib',
      'libtensorflow_framework.2.dylib',
    ]),
    addon: undefined,
    missing: 'tfjs-node publishes no addon for macOS',
  },
  'darwin-arm64': {
    title: 'macOS arm64',
    library: library('tf-builds/libtensorflow_r2_7_darwin_arm64_cpu.tar.gz', [
      'libtensorflow.2.dylib',
      'libtensorflow_framework.2.dylib',
    ]),
    addon: undefined,
    missing: 'tfjs-node publishes no addon for macOS',
  },
  'win32-x64': {
    title: 'Windows x64',
    // Windows looks for a DLL beside the addon (tensorflow/tfjs issue 7341).
    library: {
      what: 'libtensorflow',
      path: 'tensorflow/libtensorflow/libtensorflow-cpu-windows-x86_64-2.9.1.zip',
      kind: 'zip',
      take: [{ entry: /^(?:lib\/)?tensorflow\.dll$/, folder: 'lib/napi-v8' }, licences()],
      libraries: ['lib/napi-v8/tensorflow.dll'],
    },
    addon: addon('CPU-windows-4.22.0.zip'),
  },
  'win32-arm64': {
    title: 'Windows arm64',
    library: undefined,
    addon: undefined,
    missing: 'neither tfjs-node nor TensorFlow is published for Windows on arm64',
  },
};

/** The archives of a platform, the library first; throws where there are none, saying what to do instead. */
export function archivesFor(platform: string): readonly [NativeArchive, NativeArchive] {
  const found = isPlatformId(platform) ? nativePackages[platform] : undefined;
  if (found?.library && found.addon) return [found.library, found.addon];
  throw new NativeError(`${whyNone(platform) ?? 'nothing fits'}; ${instead}`);
}

/** Why nothing can be installed on a platform; undefined where something can. */
export function whyNone(platform: string): string | undefined {
  if (!isPlatformId(platform)) return `tfjs-node knows no platform ${platform}`;
  return nativePackages[platform].missing;
}

export function isPlatformId(platform: string): platform is PlatformId {
  return platformIds.some((id) => id === platform);
}

/** What remains where nothing is published. */
export const instead =
  'point alexnet.engine.libraryPath at an addon that you built, or go on with wasm';

/** Linux and macOS: the addon looks for its libraries in ../../deps/lib. */
function library(path: string, names: readonly string[]): NativeArchive {
  return {
    what: 'libtensorflow',
    path,
    kind: 'tar.gz',
    take: [
      { entry: /^lib\/libtensorflow[\w.]*\.(?:so|dylib)[\d.]*$/, folder: 'deps/lib' },
      licences(),
    ],
    libraries: names.map((name) => `deps/lib/${name}`),
  };
}

function addon(name: string): NativeArchive {
  return {
    what: "tfjs-node's addon",
    path: `tf-builds/pre-built-binary/napi-v8/4.22.0/${name}`,
    kind: 'tar.gz',
    take: [{ entry: /^(?:napi-v8\/)?tfjs_binding\.node$/, folder: 'lib/napi-v8' }],
    libraries: [addonFile],
  };
}

function licences(): NativeArchive['take'][number] {
  return { entry: /^(?:LICENSE|THIRD_PARTY_TF_C_LICENSES)$/, folder: 'deps' };
}

/** tfjs-node's own host. */
const usualHost = 'https://storage.googleapis.com';

/** Where native engines come from. Tests name a server of their own, in the environment: no workspace can. */
export function nativeHost(): string {
  return process.env['ALEXNET_NATIVE_HOST'] ?? usualHost;
}

/** Why the native engine was not installed, in one sentence. */
export class NativeError extends Error {
  override readonly name = 'NativeError';
}
