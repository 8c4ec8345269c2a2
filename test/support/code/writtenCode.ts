import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { buildModel } from '../../../src/engine/model/builtModel';
import { storedWeights } from '../../../src/engine/saveModel';
import { forward } from '../../../src/engine/run/forward';
import { PartFolder } from '../../../src/files/save/partFolder';
import type { WriteWeights } from '../../../src/files/save/weightToSave';
import { writeNpz } from '../../../src/files/save/writeNpz';
import { writeSafetensors } from '../../../src/files/save/writeSafetensors';
import { writeTfjs } from '../../../src/files/save/writeTfjs';
import { weightKey } from '../../../src/files/matching/networkWeights';
import { frameworks, networkCode } from '../../../src/host/export/networkCode';
import type { CodeFramework } from '../../../src/protocol/codeFrameworks';
import type { SaveFormat } from '../../../src/protocol/engineProtocol';
import { type CodeModel, inputsOf, weightsOf } from './codeModels';

const writers: Readonly<Record<SaveFormat, WriteWeights>> = {
  npz: writeNpz,
  safetensors: writeSafetensors,
  tfjs: writeTfjs,
};

/** Writes a model's code and, beside it, its weights; gives the path of the code. */
export async function writeCode(
  model: CodeModel,
  framework: CodeFramework,
  folder: string,
  stem: string,
): Promise<string> {
  const { document, weights } = model;
  const { text, tensors } = networkCode(document, framework);
  const { extension, weightsEnd, format } = frameworks[framework];
  await mkdir(folder, { recursive: true });
  const stored = storedWeights(document.network, tensors, (layer, { name }) =>
    Promise.resolve(weights.get(weightKey(layer.name, name))!),
  );
  const path = join(folder, `${stem}${weightsEnd}`);
  const parts = await PartFolder.create(`${path}.part`, new AbortController().signal);
  try {
    const place = { folder: parts, name: basename(path), path, documentId: 'test' };
    await writers[format](stored, place);
    await parts.moveTo(folder);
  } finally {
    await parts.remove();
  }
  const code = join(folder, `${stem}.${extension}`);
  await writeFile(code, text);
  return code;
}

/** What the engine makes of the formula's inputs: the network's outputs, in their order. */
export async function engineOutputs(model: CodeModel): Promise<readonly Float32Array[]> {
  const { network } = model.document;
  const built = await buildModel(network, (layer) => weightsOf(model, layer));
  try {
    const options = { signal: new AbortController().signal, onLayer: () => undefined };
    const inputs = inputsOf(network);
    const { outputs } = await forward(built, inputs, options);
    const values = new Map([
      ...inputs,
      ...outputs.map((each) => [each.layer.name, each.values] as const),
    ]);
    return network.outputs.map((name) => values.get(name)!);
  } finally {
    built.dispose();
  }
}

/** The largest difference, of the root mean square of what is expected. */
export function distance(values: Float32Array, expected: Float32Array): number {
  if (values.length !== expected.length) return Infinity;
  const squares = expected.reduce((sum, x) => sum + x * x, 0);
  const rms = Math.sqrt(squares / expected.length) || 1;
  const apart = expected.reduce((most, x, at) => {
    const own = Math.abs(x - (values[at] ?? NaN));
    return own <= most ? most : own;
  }, 0);
  return apart / rms;
}
