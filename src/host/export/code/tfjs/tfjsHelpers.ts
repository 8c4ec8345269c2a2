/** What TensorFlow.js has no operation for, by name, before what uses it: a file has those that it uses. */
export const tfjsHelpers: Readonly<Record<string, string>> = {
  hardSigmoid: `const hardSigmoid = (x) => tf.clipByValue(tf.add(tf.div(x, 6), 0.5), 0, 1);
`,
  hardSilu: `const hardSilu = (x) => tf.mul(x, tf.clipByValue(tf.add(tf.div(x, 6), 0.5), 0, 1));
`,
  silu: `const silu = (x) => tf.mul(x, tf.sigmoid(x));
`,
  softsign: `const softsign = (x) => tf.div(x, tf.add(tf.abs(x), 1));
`,
  mish: `const mish = (x) => tf.mul(x, tf.tanh(tf.softplus(x)));
`,
  gelu: `const gelu = (x) => tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1));
`,
  geluTanh: `function geluTanh(x) {
  const cubic = tf.add(x, tf.mul(tf.mul(tf.mul(x, x), x), 0.044715));
  return tf.mul(tf.mul(x, 0.5), tf.add(tf.tanh(tf.mul(cubic, Math.sqrt(2 / Math.PI))), 1));
}
`,
  elu: `/** x above 0, alpha * (e^x - 1) below. */
const elu = (x, alpha) => tf.add(tf.relu(x), tf.mul(tf.expm1(tf.minimum(x, 0)), alpha));
`,
  dense: `/** A weighted sum of the last axis. */
function dense(x, kernel) {
  const [inputs, units] = kernel.shape;
  const sums = tf.matMul(tf.reshape(x, [-1, inputs]), kernel);
  return tf.reshape(sums, [...x.shape.slice(0, -1), units]);
}
`,
  batchNorm: `/** By the moving statistics; what a layer does without is no tensor. */
function batchNorm(x, weights, name, epsilon) {
  const [mean, variance, beta, gamma] = ['moving_mean', 'moving_variance', 'beta', 'gamma'].map(
    (part) => weights[name + '/' + part],
  );
  return tf.batchNorm(x, mean, variance, beta, gamma, epsilon);
}
`,
  groupedConv2d: `/** TensorFlow.js has no groups: each part of the channels goes through its own part of the kernels. */
function groupedConv2d(x, kernel, groups, ...rest) {
  const kernels = tf.split(kernel, groups, 3);
  const parts = tf.split(x, groups, 3);
  return tf.concat(parts.map((part, group) => tf.conv2d(part, kernels[group], ...rest)), 3);
}
`,
  meanPool: `/** The mean of each window with zeros around the map, of which only those in \`counted\` count. */
function meanPool(x, size, strides, padding, counted) {
  const mean = (values) => tf.avgPool(values, size, strides, 'valid');
  const around = (pads) => [[0, 0], ...pads, [0, 0]];
  const rest = padding.map((pads, axis) => pads.map((pad, side) => pad - counted[axis][side]));
  const [, height, width] = x.shape;
  const ones = tf.pad(tf.ones([1, height, width, 1]), around(counted), 1);
  return tf.div(mean(tf.pad(x, around(padding))), mean(tf.pad(ones, around(rest))));
}
`,
  groupNormalise: `/** Groups of channels over the whole map to mean 0 and variance 1. */
function groupNormalise(x, groups, epsilon) {
  const [batch, height, width, channels] = x.shape;
  const grouped = tf.reshape(x, [batch, height * width, groups, channels / groups]);
  return tf.reshape(normalise(grouped, [1, 3], epsilon), x.shape);
}
`,
  normalise: `/** To mean 0 and variance 1 along these axes. */
function normalise(x, axes, epsilon) {
  const { mean, variance } = tf.moments(x, axes, true);
  return tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, epsilon)));
}
`,
  unitNormalise: `/** Each cell's channels as a vector of length 1. */
function unitNormalise(x) {
  const squares = tf.sum(tf.square(x), -1, true);
  return tf.div(x, tf.sqrt(tf.maximum(squares, 1e-12)));
}
`,
  resample: `/** Another height and width: each cell a weighted sum of rows, then of columns. */
function resample(x, rows, columns) {
  const along = (map, matrix, axis) => {
    const order = axis === 1 ? [1, 0, 2, 3] : [2, 0, 1, 3];
    const first = tf.transpose(map, order);
    const sums = tf.matMul(matrix, tf.reshape(first, [first.shape[0], -1]));
    const whole = tf.reshape(sums, [matrix.shape[0], ...first.shape.slice(1)]);
    return tf.transpose(whole, axis === 1 ? [1, 0, 2, 3] : [1, 2, 0, 3]);
  };
  return along(along(x, rows, 1), columns, 2);
}
`,
};

/** Words that JavaScript keeps for itself, and names that the file has. */
export const tfjsWords: readonly string[] = (
  'arguments async await break case catch class const continue debugger default delete do else enum eval export extends ' +
  'false finally for function if implements import in instanceof interface let new null of package private protected public ' +
  'return static super switch this throw true try typeof undefined var void while with yield NaN Infinity Math ' +
  'tf x weights image predict preprocess loadWeights'
).split(' ');
