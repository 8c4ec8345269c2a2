import * as tf from '@tensorflow/tfjs-core';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type CodeModel, inputsOf } from './codeModels';
import { writeCode } from './writtenCode';

/** What exported code for TensorFlow.js gives to who imports it. */
interface ExportedModule {
  readonly loadWeights: (from: tf.io.IOHandler) => Promise<tf.NamedTensorMap>;
  readonly predict: (
    weights: tf.NamedTensorMap,
    ...inputs: readonly tf.Tensor[]
  ) => tf.Tensor | readonly tf.Tensor[];
  readonly preprocess?: (image: tf.Tensor) => tf.Tensor;
}

/** Imports code as it is, but that its TensorFlow.js is the one of this process. */
export async function importCode(text: string): Promise<ExportedModule> {
  const shared = globalThis as { sharedTensorFlow?: typeof tf };
  shared.sharedTensorFlow = { ...tf };
  const own = text.replace(
    "import * as tf from '@tensorflow/tfjs';",
    'const tf = globalThis.sharedTensorFlow;',
  );
  const address = `data:text/javascript;base64,${Buffer.from(own).toString('base64')}`;
  return (await import(address)) as ExportedModule;
}

/** Writes a model's code for TensorFlow.js and runs it on the formula's inputs, with the weights that lie beside it; or on a picture's pixels. */
export async function runInNode(
  model: CodeModel,
  folder: string,
  stem: string,
  picture?: tf.Tensor,
): Promise<readonly Float32Array[]> {
  const path = await writeCode(model, 'tfjs', folder, stem);
  const code = await importCode((await readFile(path)).toString());
  const weights = await code.loadWeights(fileHandler(path.replace(/\.mjs$/, '.weights.json')));
  const { layers } = model.document.network;
  const inputs = picture
    ? [code.preprocess!(picture)]
    : [...inputsOf(model.document.network)].map(([name, values]) => {
        const { outputShape } = layers.find((layer) => layer.name === name)!;
        return tf.tensor(values, [1, ...outputShape]);
      });
  const outputs = [code.predict(weights, ...inputs)].flat();
  const values = outputs.map((output) => output.dataSync<'float32'>());
  tf.dispose([weights, ...inputs, ...outputs]);
  return values;
}

/** As tfjs-node's fileSystem reads a file and its shards. */
function fileHandler(path: string): tf.io.IOHandler {
  return {
    load: async () => {
      const json = JSON.parse((await readFile(path)).toString()) as tf.io.ModelJSON;
      const [group] = json.weightsManifest;
      const files = (group?.paths ?? []).map((name) => readFile(join(dirname(path), name)));
      const bytes = Uint8Array.from(Buffer.concat(await Promise.all(files)));
      return { weightSpecs: group?.weights ?? [], weightData: bytes.buffer };
    },
  };
}
