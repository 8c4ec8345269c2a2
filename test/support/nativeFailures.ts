import { gzipSync } from 'node:zlib';
import { fakeLibrary } from './fakeLibrary';
import { addonArchive, libraryArchive } from './nativeArchives';
import type { Published } from './publisher';
import { writeTar, writeTarGz, writeZip } from './writeArchive';

/** What a publisher may give instead of a native engine, and what the one sentence must say. */
export interface NativeFailure {
  readonly name: string;
  readonly library?: Published | undefined;
  readonly addon?: Published;
  readonly says: RegExp;
}

const page = Buffer.from('<!DOCTYPE html><html><body>Sign in to the network</body></html>');

/** All of them for a platform, such as 'linux-x64'. */
export function nativeFailures(platform: string): readonly NativeFailure[] {
  const other = platform === 'win32-x64' ? 'linux-x64' : 'win32-x64';
  const zip = platform.startsWith('win32');
  const write = zip ? writeZip : writeTarGz;
  const whole = libraryArchive(platform, 200_000);
  const giant = gzipSync(Buffer.alloc(100));
  return [
    {
      name: 'an answer of 500',
      library: { bytes: whole, status: 500 },
      says: /answered 500 when asked for libtensorflow/,
    },
    {
      name: 'a redirect to elsewhere',
      library: { bytes: whole, status: 302 },
      says: /answered 302/,
    },
    {
      name: 'an HTML page',
      library: { bytes: page, type: 'text/html' },
      says: /answered with a web page/,
    },
    {
      name: 'an HTML page in disguise',
      library: { bytes: page },
      says: /a web page, not an archive/,
    },
    {
      name: 'no addon (404)',
      addon: { bytes: giant, status: 404 },
      says: /has no CPU-\w+-4\.22\.0\.\S+ \(404\)/,
    },
    {
      name: 'a cut connection',
      library: { bytes: whole, cutAfter: Math.floor(whole.length / 2) },
      says: /connection to 127\.0\.0\.1:\d+ broke after .* MB .*try again/,
    },
    {
      name: 'a truncated archive',
      library: { bytes: whole.subarray(0, whole.length - 60) },
      says: /cut short|damaged/,
    },
    {
      name: 'an archive without the library',
      library: { bytes: write([{ name: 'lib/README', bytes: page }]) },
      says: /holds no (libtensorflow\.so\.2|tensorflow\.dll)/,
    },
    {
      name: 'an archive without the addon',
      addon: { bytes: writeTarGz([{ name: 'napi-v8/other.node' }]) },
      says: /holds no tfjs_binding\.node/,
    },
    {
      name: 'a path that leads out of the archive',
      library: { bytes: write([{ name: '../../../evil' }]) },
      says: /leads out of the archive/,
    },
    {
      name: 'a link that leads out of the archive',
      addon: {
        bytes: gzipSync(writeTar([{ name: 'napi-v8/tfjs_binding.node', link: '/etc/passwd' }])),
      },
      says: /leads out of the archive/,
    },
    {
      name: "another platform's library",
      library: { bytes: libraryOf(platform, other) },
      says: new RegExp(`is made for ${other}, and this machine is ${platform}`),
    },
    {
      name: "another processor's addon",
      addon: { bytes: addonArchive(fakeLibrary(platform.replace('x64', 'arm64'))) },
      says: /is made for \w+-arm64, and this machine is \w+-x64/,
    },
    {
      name: 'an addon that is text',
      addon: { bytes: addonArchive(Buffer.from('no library '.repeat(20))) },
      says: /tfjs_binding\.node is not a shared library/,
    },
  ];
}

/** A library's archive for one platform with another's file in it. */
function libraryOf(platform: string, other: string): Buffer {
  const bytes = fakeLibrary(other);
  if (platform.startsWith('win32')) return writeZip([{ name: 'tensorflow.dll', bytes }]);
  return writeTarGz(
    ['libtensorflow.so.2', 'libtensorflow_framework.so.2'].map((name) => ({
      name: `lib/${name}`,
      bytes,
    })),
  );
}
