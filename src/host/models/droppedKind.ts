import { weightsEndings, weightsExtensions } from '../weights/weightsEndings';

/** What a file that a person drops is taken for by its name; what it is, its content says once it is read. */
export type DroppedKind = 'model' | 'weights' | 'picture';

const modelEndings: readonly string[] = [...weightsEndings.Keras, ...weightsEndings.ONNX];

/** Files that may hold a whole network are opened as one, as by the menu; a model's page offers to load its weights alone. */
export function droppedKind(path: string): DroppedKind {
  const name = (path.split('/').at(-1) ?? path).toLowerCase();
  if (name === 'model.json') return 'model';
  if (/\.weights\.h5$|\.index(\.\w+)?\.json$/.test(name)) return 'weights';
  const [, ending = ''] = /\.([^.]+)$/.exec(name) ?? [];
  if (modelEndings.includes(ending)) return 'model';
  return ending !== 'json' && weightsExtensions.includes(ending) ? 'weights' : 'picture';
}

/** Files by what they are taken for; throws in a sentence for more weights than can be in use. */
export function sortDropped<T extends { readonly path: string }>(
  files: readonly T[],
): { readonly [K in DroppedKind]: readonly T[] } {
  const of = (kind: DroppedKind): readonly T[] =>
    files.filter(({ path }) => droppedKind(path) === kind);
  const weights = of('weights');
  if (weights.length > 1)
    throw new Error(`one file of weights is loaded at a time, not ${weights.length}; drop one`);
  return { model: of('model'), weights, picture: of('picture') };
}
