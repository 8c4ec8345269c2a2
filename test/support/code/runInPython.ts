import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { elementCount, type Shape } from '../../../src/network/tensor/shape';
import { type CodeModel, inputsOf } from './codeModels';
import { writeCode } from './writtenCode';

type PythonFramework = 'keras' | 'pytorch';

/** What one model's code gave: its outputs in their order; undefined where it failed. */
type Outputs = readonly Float32Array[] | undefined;

export interface CodeRun {
  /** By the models' order. */
  readonly outputs: readonly Outputs[];
  /** What Python complained of. */
  readonly errors: string;
}

/** Writes the code of models into a folder and runs all of it in one process of Python; on a picture's file where one is given. */
export async function runInPython(
  python: string,
  framework: PythonFramework,
  models: readonly CodeModel[],
  folder: string,
  picture?: string,
): Promise<CodeRun> {
  const jobs: string[] = [];
  for (const [at, model] of models.entries()) {
    const { network } = model.document;
    const code = await writeCode(model, framework, folder, `${framework}${at}`);
    const job = join(folder, `${framework}${at}.json`);
    const inputs = network.inputs.map((name) => shapeOf(model, name));
    await writeFile(job, JSON.stringify({ code, inputs, picture }));
    const values = [...inputsOf(network).values()].map(({ buffer }) => Buffer.from(buffer));
    await writeFile(job.replace(/json$/, 'inputs'), Buffer.concat(values));
    jobs.push(job);
  }
  const script = resolve('test/support/code/run_exported.py');
  const errors = await complaints(python, [script, framework, ...jobs]);
  const outputs = jobs.map((job, at) => outputsOf(job, models[at]!));
  return { outputs: await Promise.all(outputs), errors };
}

function shapeOf({ document: { network } }: CodeModel, name: string): Shape {
  return network.layers.find((layer) => layer.name === name)!.outputShape;
}

async function outputsOf(job: string, model: CodeModel): Promise<Outputs> {
  const file = job.replace(/json$/, 'outputs');
  const bytes = await readFile(file).catch(() => undefined);
  if (!bytes) return undefined;
  const all = new Float32Array(Uint8Array.from(bytes).buffer);
  let at = 0;
  return model.document.network.outputs.map((name) => {
    const count = elementCount(shapeOf(model, name));
    return all.subarray(at, (at += count));
  });
}

/** What a process says on its error stream of exported code, once it has ended. */
function complaints(python: string, args: readonly string[]): Promise<string> {
  const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3', CUDA_VISIBLE_DEVICES: '' };
  const child = spawn(python, args, { env, stdio: ['ignore', 'inherit', 'pipe'] });
  const lines: Buffer[] = [];
  child.stderr.on('data', (bytes: Buffer) => lines.push(bytes));
  return new Promise((settle, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      const text = Buffer.concat(lines).toString();
      if (code === 0) settle(text);
      else reject(new Error(`${python} ended with ${code}:\n${text}`));
    });
  });
}
