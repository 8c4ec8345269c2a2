import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const path = resolve('test/fixtures/weights/pythonFiles.json');

/** A small file that Python's own zipfile, pickle or NumPy wrote (pythonFiles.py). */
export function pythonFile(name: string): Buffer {
  const files = JSON.parse(readFileSync(path, 'utf8')) as Readonly<Record<string, string>>;
  return Buffer.from(files[name]!, 'base64');
}
