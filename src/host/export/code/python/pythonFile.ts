import type { ModelDocument } from '../../../../network/modelDocument';
import { commentText } from '../literals';

interface PythonFile {
  readonly document: Pick<ModelDocument, 'title' | 'description'>;
  /** What it is written for, and in which file its weights lie beside it. */
  readonly framework: string;
  readonly weightsEnd: string;
  /** Lines that import packages. */
  readonly packages: readonly string[];
  /** Whether it prepares pictures. */
  readonly hasPictures: boolean;
  /** Functions, classes and the example, in their order. */
  readonly sections: readonly string[];
}

/** A module of Python: what it is, its imports, its parts with two empty lines between. */
export function pythonFile(file: PythonFile): string {
  const { document, framework, weightsEnd, hasPictures } = file;
  // Text of a file is not before the third line: a comment in one of the first two may name another encoding.
  const about = [
    `# Written by AlexNet Inspector for ${framework}.`,
    `# Its weights lie beside it, in the file of the same name that ends in ${weightsEnd}.`,
    `# ${commentText(document.title)}: ${commentText(document.description)}`,
  ];
  const own = ['import sys', 'from pathlib import Path'].slice(hasPictures ? 0 : 1);
  const all = [...file.packages, ...(hasPictures ? ['from PIL import Image, ImageOps'] : [])];
  const packages = all.toSorted((a, b) => (importOrder(a) < importOrder(b) ? -1 : 1));
  const head = `${[...about, ...own, '', ...packages].join('\n')}\n`;
  return [head, ...file.sections].join('\n\n');
}

/** Whole modules first, then what is taken from one, both by name. */
function importOrder(line: string): string {
  return line.replace(/^import/, '').toLowerCase();
}

/** Lines of a body, indented once. */
export function indented(lines: readonly string[]): string {
  return lines.map((line) => (line === '' ? '\n' : `    ${line}\n`)).join('');
}
