/** Red, green, blue or blue, green, red: the order of a tensor's channels. */
export type ChannelOrder = 'RGB' | 'BGR';

export type ResizeFilter = 'bilinear' | 'bicubic' | 'nearest';

/** crop: short side to N, centre crop. warp: picture to N x N, centre crop. stretch: picture to the input's size. */
export type Fit =
  | { readonly mode: 'crop'; readonly shortSide: number }
  | { readonly mode: 'warp'; readonly size: number }
  | { readonly mode: 'stretch' };

export type PerChannel = readonly [number, number, number];

/** From a picture to the network's tensor: fit, then (value * scale - mean) / std per channel of `order`. */
export interface Preprocess {
  readonly fit: Fit;
  readonly filter: ResizeFilter;
  readonly order: ChannelOrder;
  readonly scale: number;
  readonly mean: PerChannel;
  readonly std: PerChannel;
}

/** Keras' usual way: the picture stretched, values from 0 to 1. */
export const stretchToUnit: Preprocess = {
  fit: { mode: 'stretch' },
  filter: 'bilinear',
  order: 'RGB',
  scale: 1 / 255,
  mean: [0, 0, 0],
  std: [1, 1, 1],
};

/** torchvision's ImageClassification transform with ImageNet's statistics. */
export const torchvisionImageNet: Preprocess = {
  fit: { mode: 'crop', shortSide: 256 },
  filter: 'bilinear',
  order: 'RGB',
  scale: 1 / 255,
  mean: [0.485, 0.456, 0.406],
  std: [0.229, 0.224, 0.225],
};

/** Caffe's: the picture warped to 256 x 256, BGR from 0 to 255 less the mean of ilsvrc_2012_mean.npy. */
export const caffeImageNet: Preprocess = {
  fit: { mode: 'warp', size: 256 },
  filter: 'bilinear',
  order: 'BGR',
  scale: 1,
  mean: [104.007, 116.6688, 122.6789],
  std: [1, 1, 1],
};
