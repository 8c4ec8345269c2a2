/** What Keras has no layer for, by name: a file has those that it uses. */
export const kerasHelpers: Readonly<Record<string, string>> = {
  local_response_normalization: `def local_response_normalization(x, radius, bias, alpha, beta):
    """x over a power of its neighbours' squares across channels; alpha is for each of them."""
    channels = x.shape[-1]
    squares = ops.pad(ops.square(x), ((0, 0), (0, 0), (0, 0), (radius, radius)))
    sums = sum(squares[..., i : i + channels] for i in range(2 * radius + 1))
    return x / (bias + alpha * sums) ** beta
`,
  mean_pool: `def mean_pool(x, size, strides, padding, counted):
    """The mean of each window with zeros around the map, of which only those in \`counted\` count."""

    def mean(values):
        return ops.average_pool(values, size, strides, padding="valid")

    ones = ops.ones_like(x[:, :, :, :1])
    ones = ops.pad(ones, ((0, 0), *counted, (0, 0)), constant_values=1)
    rest = [(p - c, q - d) for (p, q), (c, d) in zip(padding, counted)]
    ones = ops.pad(ones, ((0, 0), *rest, (0, 0)))
    return mean(ops.pad(x, ((0, 0), *padding, (0, 0)))) / mean(ones)
`,
  LayerScale: `class LayerScale(layers.Layer):
    """A factor for each channel."""

    def build(self, shape):
        self.gamma = self.add_weight(name="gamma", shape=(shape[-1],), initializer="ones")

    def call(self, x):
        return x * self.gamma
`,
  Offset: `class Offset(layers.Layer):
    """A number for each value, which is added; along axes of 1 they share one."""

    def __init__(self, size, **options):
        super().__init__(**options)
        self.size = size

    def build(self, shape):
        self.bias = self.add_weight(name="bias", shape=self.size, initializer="zeros")

    def call(self, x):
        return x + self.bias
`,
  Resample: `class Resample(layers.Layer):
    """Another height and width: each cell a weighted sum of rows, then of columns."""

    def __init__(self, height, width, **options):
        super().__init__(trainable=False, **options)
        self.size = (height, width)

    def build(self, shape):
        self.rows = self.add_weight(name="rows", shape=(self.size[0], shape[1]))
        self.columns = self.add_weight(name="columns", shape=(self.size[1], shape[2]))

    def call(self, x):
        tall = ops.einsum("rh,bhwc->brwc", self.rows, x)
        return ops.einsum("sw,brwc->brsc", self.columns, tall)
`,
};
