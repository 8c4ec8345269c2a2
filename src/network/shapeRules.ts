import type { LayerSettings } from './layer';
import { NetworkError } from './networkError';
import type { MapShape, Shape } from './shape';
import { elementCount, formatShape, isMapShape } from './shape';
import { slideWindow } from './window';

/** The output shape of a layer applied to `input`; throws a NetworkError with the arithmetic where there is none. */
export function outputShape(name: string, settings: LayerSettings, input: Shape): Shape {
  switch (settings.kind) {
    case 'InputLayer':
    case 'BatchNormalization':
    case 'Dropout':
      return input;
    case 'Softmax':
      return [flatInput(name, settings.kind, input)];
    case 'LocalResponseNormalization':
      return mapInput(name, settings.kind, input);
    case 'Flatten':
      return [elementCount(input)];
    case 'Dense':
      wantWhole(name, 'units', settings.units);
      flatInput(name, settings.kind, input);
      return [settings.units];
    case 'Conv2D':
      return convolution(name, settings, mapInput(name, settings.kind, input));
    case 'MaxPooling2D':
      return pooling(name, settings, mapInput(name, settings.kind, input));
    case 'AdaptiveAveragePooling2D':
      return adaptivePooling(name, settings.size, mapInput(name, settings.kind, input));
  }
}

function convolution(
  name: string,
  settings: Extract<LayerSettings, { kind: 'Conv2D' }>,
  input: MapShape,
): MapShape {
  const { filters, kernel, stride, padding, groups } = settings;
  wantWhole(name, 'filters', filters);
  wantWhole(name, 'kernel', kernel);
  wantWhole(name, 'stride', stride);
  wantWhole(name, 'groups', groups);
  wantPadding(name, padding);
  const [height, width, channels] = input;
  for (const [what, count] of [
    ['input channels', channels],
    ['filters', filters],
  ] as const) {
    if (count % groups !== 0) {
      throw new NetworkError(
        `${name}: ${count} ${what} do not split into ${groups} groups (${count} / ${groups} = ${count / groups})`,
      );
    }
  }
  const slide = (size: number): number =>
    fit(
      name,
      'kernel',
      kernel,
      input,
      padding,
      () => slideWindow(size, { size: kernel, stride, padding }).output,
    );
  return [slide(height), slide(width), filters];
}

function pooling(
  name: string,
  settings: Extract<LayerSettings, { kind: 'MaxPooling2D' }>,
  input: MapShape,
): MapShape {
  const { pool, stride, padding, ceil } = settings;
  wantWhole(name, 'pool', pool);
  wantWhole(name, 'stride', stride);
  wantPadding(name, padding);
  if (typeof padding === 'number' && padding * 2 > pool) {
    throw new NetworkError(`${name}: padding ${padding} is more than half of pool ${pool}`);
  }
  const [height, width, channels] = input;
  const slide = (size: number): number =>
    fit(
      name,
      'pool',
      pool,
      input,
      padding,
      () => slideWindow(size, { size: pool, stride, padding, ceil }).output,
    );
  return [slide(height), slide(width), channels];
}

function adaptivePooling(name: string, size: number, input: MapShape): MapShape {
  wantWhole(name, 'size', size);
  const [height, width, channels] = input;
  for (const side of [height, width]) {
    if (side % size !== 0) {
      throw new NetworkError(
        `${name}: input ${formatShape(input)} does not divide into ${size} equal windows (${side} / ${size} = ${side / size})`,
      );
    }
  }
  return [size, size, channels];
}

/** Rewords a window that does not fit with the layer's name and whole input. */
function fit<T>(
  name: string,
  what: 'kernel' | 'pool',
  size: number,
  input: MapShape,
  padding: string | number,
  place: () => T,
): T {
  try {
    return place();
  } catch (error) {
    const [height, width] = input;
    const shown = typeof padding === 'string' ? `"${padding}"` : padding;
    throw new NetworkError(
      `${name}: ${what} ${size} does not fit input ${height} x ${width} with padding ${shown}`,
      { cause: error },
    );
  }
}

function mapInput(name: string, kind: string, input: Shape): MapShape {
  if (isMapShape(input)) return input;
  throw new NetworkError(
    `${name}: ${kind} takes height x width x channels, got ${formatShape(input)}`,
  );
}

function flatInput(name: string, kind: string, input: Shape): number {
  const [units] = input;
  if (input.length === 1 && units !== undefined) return units;
  throw new NetworkError(
    `${name}: ${kind} takes a flat input, got ${formatShape(input)}: flatten it first`,
  );
}

function wantWhole(name: string, what: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new NetworkError(`${name}: ${what} must be a whole number above 0, got ${value}`);
  }
}

function wantPadding(name: string, padding: string | number): void {
  if (typeof padding === 'number' && (!Number.isSafeInteger(padding) || padding < 0)) {
    throw new NetworkError(`${name}: padding must be a whole number from 0, got ${padding}`);
  }
}
