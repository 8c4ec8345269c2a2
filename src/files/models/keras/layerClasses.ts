import type { LayerSettings } from '../../../network/layers/layer';
import { NetworkError } from '../../../network/tensor/networkError';
import type { Shape } from '../../../network/tensor/shape';
import { convolutions } from './convolutions';
import { joining } from './joining';
import type { ClassReading } from './layerClass';
import type { LayerConfig } from './layerConfig';
import { normalizations } from './normalizations';
import { pointwiseClasses } from './pointwise';
import { poolings } from './poolings';
import { shaping } from './shaping';

/** Classes whose work is Python code. */
const code: ClassReading = {
  read({ className }) {
    throw new NetworkError(`${className} holds Python code, which is never run`);
  },
};

/** Every class that has a kind here; a map, as a file's name of a class may be that of an inherited property. */
const classes: ReadonlyMap<string, ClassReading> = new Map(
  Object.entries({
    ...convolutions,
    ...poolings,
    ...normalizations,
    ...pointwiseClasses,
    ...joining,
    ...shaping,
    Lambda: code,
  }),
);

/** How a class is read; one that is not known here is known by its name. */
export function classNamed(name: string): ClassReading {
  return classes.get(name) ?? unknownClass(name);
}

/** Whether a class is known here. */
export function isClass(name: string): boolean {
  return classes.has(name);
}

/** A class of which only the name is known. */
export function unknownClass(name: string): ClassReading {
  return { read: () => ({ kind: 'Unknown', operation: name }) };
}

/** A class whose reading is that of a single layer, from its config and the shapes of its inputs. */
export function settingsOf(
  read: ClassReading['read'],
  config: LayerConfig,
  inputs: readonly Shape[],
): LayerSettings {
  if (config.raw('data_format') === 'channels_first') {
    throw new NetworkError(`${config.className} with channels first is not known here`);
  }
  return read(config, inputs);
}
