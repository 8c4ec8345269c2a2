/** Stands for the union package that tfjs-node imports: the same core and layers, without WebGL and converters. */
export * from '@tensorflow/tfjs-core';
export * from '@tensorflow/tfjs-layers';
