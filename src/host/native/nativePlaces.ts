import { join } from 'node:path';
import { addonFile } from './nativePackage';

/** Where things lie in the extension's global storage. */
export function nativePlaces(folder: string) {
  return {
    installed: join(folder, 'native'),
    addon: join(folder, 'native', ...addonFile.split('/')),
    /** Complete and partial archives, kept only while an installation is unfinished. */
    downloads: join(folder, 'native-downloads'),
    staging: join(folder, 'native-staging'),
    previous: join(folder, 'native-previous'),
    lock: join(folder, 'native.lock'),
  };
}
