import type { CellShares, SettingsOf } from '../../../network/layers/layer';
import { NetworkError } from '../../../network/tensor/networkError';
import { formatShape, isMapShape, type MapShape, type Shape } from '../../../network/tensor/shape';
import type { Pads, Pair } from '../../../network/tensor/window';
import type { ClassReading } from './layerClass';
import { axisShares, type ResizeWay } from '../plans/resizeShares';
import type { LayerConfig } from './layerConfig';

/** The map that a layer is given; throws where its shape is not known, or is none. */
export function mapGiven({ className }: LayerConfig, [input = []]: readonly Shape[]): MapShape {
  if (isMapShape(input)) return input;
  throw new NetworkError(
    `${className} takes height x width x channels, got ${formatShape(input) || 'nothing'}`,
  );
}

/** A map brought to another size, as tf.image.resize does; `usual` is the class's own way. */
function resized(
  config: LayerConfig,
  [height, width]: MapShape,
  size: Pair,
  usual: 'nearest' | 'bilinear',
): SettingsOf<'Resize'> {
  const interpolation = config.text('interpolation', usual);
  const isAntialiased = interpolation !== 'nearest' && config.flag('antialias', false);
  if (!isAntialiased && (interpolation === 'nearest' || interpolation === 'bilinear')) {
    return { kind: 'Resize', size, interpolation };
  }
  const mode = smoothModes.get(interpolation) ?? config.refuse('interpolation');
  const way: ResizeWay = {
    ...{ mode, coordinates: 'half_pixel', nearest: 'floor', cubic: -0.5 },
    ...{ excludesOutside: true, isAntialiased, outside: 0 },
    ...(!isAntialiased && { parts: cubicParts }),
  };
  const along = (side: number, to: number): CellShares[] => [
    ...axisShares(way, { side, size: to, scale: to / side, roi: [0, 1] }),
  ];
  const shares = [along(height, size[0]), along(width, size[1])] as const;
  return { kind: 'Resize', size, interpolation: 'bilinear', shares };
}

/** Ways that have several cells' shares in one, as ONNX names them. */
const smoothModes: ReadonlyMap<string, string> = new Map([
  ['bicubic', 'cubic'],
  ['bilinear', 'linear'],
]);
/** TensorFlow has the shares of cubic interpolation in a table. */
const cubicParts = 1024;

/** Layers that move values. */
export const shaping: Readonly<Record<string, ClassReading>> = {
  Flatten: { read: () => ({ kind: 'Flatten' }) },
  Reshape: {
    read: (config) => ({ kind: 'Reshape', target: config.numbers('target_shape') }),
  },
  Permute: {
    read: (config) => ({ kind: 'Permute', axes: config.numbers('dims').map((axis) => axis - 1) }),
  },
  ZeroPadding2D: {
    read: (config) => ({ kind: 'ZeroPadding2D', padding: config.pads('padding') }),
  },
  Cropping2D: {
    read: (config) => ({ kind: 'Cropping2D', cropping: config.pads('cropping') }),
  },
  CenterCrop: { read: centreCrop },
  UpSampling2D: {
    read(config, inputs) {
      const [height, width] = mapGiven(config, inputs);
      const [down, across] = config.pair('size', [2, 2]);
      return resized(config, mapGiven(config, inputs), [height * down, width * across], 'nearest');
    },
  },
  Resizing: {
    read(config, inputs) {
      for (const option of ['crop_to_aspect_ratio', 'pad_to_aspect_ratio']) {
        if (config.flag(option, false)) config.refuse(option);
      }
      const size: Pair = [config.number('height'), config.number('width')];
      return resized(config, mapGiven(config, inputs), size, 'bilinear');
    },
  },
};

/** Keras' middle of a map; of a smaller one it would resize first. */
function centreCrop(
  config: LayerConfig,
  inputs: readonly Shape[],
): { readonly kind: 'Cropping2D'; readonly cropping: Pads } {
  const [height, width] = mapGiven(config, inputs);
  const along = (side: number, wanted: number): readonly [number, number] => {
    const before = Math.trunc((side - wanted) / 2);
    return [before, side - wanted - before];
  };
  const size: Pair = [config.number('height'), config.number('width')];
  if (height < size[0] || width < size[1]) {
    throw new NetworkError(
      `${config.className} to ${formatShape(size)} of a smaller map, ${formatShape([height, width])}, is not known here`,
    );
  }
  return { kind: 'Cropping2D', cropping: [along(height, size[0]), along(width, size[1])] };
}
