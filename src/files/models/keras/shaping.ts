import { NetworkError } from '../../../network/tensor/networkError';
import { formatShape, isMapShape, type MapShape, type Shape } from '../../../network/tensor/shape';
import type { Pads, Pair } from '../../../network/tensor/window';
import type { ClassReading } from './layerClass';
import type { LayerConfig } from './layerConfig';

/** The map that a layer is given; throws where its shape is not known, or is none. */
export function mapGiven({ className }: LayerConfig, [input = []]: readonly Shape[]): MapShape {
  if (isMapShape(input)) return input;
  throw new NetworkError(
    `${className} takes height x width x channels, got ${formatShape(input) || 'nothing'}`,
  );
}

function interpolationOf(config: LayerConfig): 'nearest' | 'bilinear' {
  const value = config.text('interpolation', 'bilinear');
  return value === 'nearest' || value === 'bilinear' ? value : config.refuse('interpolation');
}

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
      const interpolation = config.text('interpolation', 'nearest') as 'nearest' | 'bilinear';
      if (!['nearest', 'bilinear'].includes(interpolation)) config.refuse('interpolation');
      return { kind: 'Resize', size: [height * down, width * across], interpolation };
    },
  },
  Resizing: {
    read(config) {
      for (const option of ['crop_to_aspect_ratio', 'pad_to_aspect_ratio', 'antialias']) {
        if (config.flag(option, false)) config.refuse(option);
      }
      const size: Pair = [config.number('height'), config.number('width')];
      return { kind: 'Resize', size, interpolation: interpolationOf(config) };
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
