import { unpackFixtures } from '../modelFixtures';
import type { Family } from './family';

/** Whole models, graphs and weights. */
export const modelFamilies = {
  onnxModels: models('onnx.br', /\.onnx$/),
  kerasModels: models('whole.br', /\.(keras|h5)$/),
  tfjsModels: models('whole.br', /model\.json$/),
  graphModels: models('graphs.br', /model\.json$/),
} as const;

function models(packed: string, fits: RegExp): Family {
  const files = [...unpackFixtures(packed)];
  return {
    kind: 'model',
    originals: files
      .filter(([name]) => fits.test(name))
      .map(([name, bytes]) => {
        const folder = name.slice(0, name.lastIndexOf('/') + 1);
        const beside = files.filter(([other]) => folder !== '' && other.startsWith(folder));
        return {
          name,
          bytes: () => bytes,
          beside: Object.fromEntries(
            beside.map(([other, its]) => [other.slice(folder.length), its]),
          ),
        };
      }),
  };
}
