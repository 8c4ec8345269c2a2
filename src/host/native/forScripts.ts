/** What `npm run native` shares with the extension: one downloader, lock, check of libraries, unpacker and probe. */
export { checksumOf } from '../download/checksum';
export { DiskFullError, explainDisk, openSink } from '../download/disk';
export { BadFileError } from '../download/downloadError';
export { withLock } from '../download/fileLock';
export { megabytes } from '../download/megabytes';
export { remoteFileOf } from '../download/remoteFile';
export { transfer } from '../download/transfer';
export { checkBinary } from './binaryHeader';
export { nativePackages, thisPlatform } from './nativePackage';
export { probeAddon } from './probeAddon';
export { checkLibraries, unpack } from './unpack';
