import { batchNormalization, conv2d, input, merge, model } from '../../../src/network/functional';
import { type CodeModel, documentOf, formulaModel } from './codeModels';

/** Names that are code, end it, or mean something else in it; three of them become one name. */
const names = [
  ...[
    "'); import os; os.system('false') #",
    '__import__("os")',
    'line\nbreak\u2028 and\u202e back',
  ],
  ...['class', 'self', 'x', 'weights', 'forward', 'half', 'constructor', '__proto__', 'ops', 'tf'],
  ...[
    'größe',
    '卷积',
    '1',
    '',
    'block/conv',
    'block_conv',
    'block conv',
    '${1 + 1}',
    '*/ alert(1)',
  ],
];

/** A chain of layers with these names, and a branch from its first to its last. */
export function hostileModel(): CodeModel {
  const picture = input([6, 5, 3], '"""');
  let x = conv2d(4, 1, { name: 'input' })(picture);
  for (const [at, name] of names.entries())
    x = at % 2 === 0 ? batchNormalization({ name })(x) : conv2d(4, 1, { name })(x);
  const branch = conv2d(4, 1, { name: 'build_model' })(picture);
  const network = model(picture, merge('add', { name: 'Add(' })(x, branch));
  const title = 'hostile"""\nimport os\u2028*/.onnx';
  return formulaModel('hostile names', documentOf(title, network));
}
