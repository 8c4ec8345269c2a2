import { dirname, join } from 'node:path';
import { compileBinding } from '../compileBinding.mjs';
import { findPythons } from '../pythons.mjs';
import { addonFolder, addonName } from '../result.mjs';
import { tensorflowHeaders, tensorflowLibraries } from '../tensorflowLibraries.mjs';

/** The TensorFlow that a Python of this machine has already: it stays where it is. */
export const python = {
  name: 'python',
  async make(building) {
    const pythons = await findPythons();
    const owner = pythons.find(({ tensorflow }) => tensorflow);
    if (!owner) {
      const list = pythons.map(({ command }) => command).join(', ');
      throw new Error(list ? `${list}: no TensorFlow in it` : 'there is no Python');
    }
    const { folder, version } = owner.tensorflow;
    console.log(`  ${owner.command} has TensorFlow ${version} in ${folder}`);
    const libraries = await tensorflowLibraries(folder);
    await compileBinding({
      include: tensorflowHeaders(folder),
      libraries,
      rpath: dirname(libraries[0]),
      addon: join(building, addonFolder, addonName),
    });
    return { from: [{ python: owner.command, tensorflow: folder, version }], outside: libraries };
  },
};
