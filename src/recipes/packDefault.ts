import { besideFile } from '../files/bytes/openBeside';
import { fileSource } from '../files/bytes/byteSource';
import { packWeights } from '../files/packed/packWeights';
import { openWeightsFile } from '../files/weightsFile';
import { keras } from '../library/keras';
import { seed } from './defaultStages';
import { classesOf, labelledFolder } from './labelledFolder';

/** The bytes of the default network's weights as they ship, packed; those of `path` were trained on the classes of `folder`. */
export async function packDefault(folder: string, path: string): Promise<Buffer> {
  const classes = classesOf(await labelledFolder(folder, keras.labels.synsets ?? []));
  const source = await fileSource(path);
  try {
    const { weights, close } = await openWeightsFile(source, [keras], besideFile(path));
    const values = new Map<string, Float32Array>();
    for (const [name, weight] of weights) values.set(name, await weight.read());
    await close();
    return packWeights(keras.network, values, { documentId: keras.id, seed, classes });
  } finally {
    await source.close();
  }
}
