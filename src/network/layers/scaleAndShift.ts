import type { Shape } from '../tensor/shape';
import type { SettingsOf, WeightSpec } from './layer';
import type { SettingWords } from './layerRule';

type ScaleAndShift = Pick<SettingsOf<'BatchNormalization'>, 'epsilon' | 'scale' | 'center'>;

/** What a normalisation's values are multiplied by and added to, as far as it has them. */
export function gammaAndBeta(
  { scale, center }: ScaleAndShift,
  shape: Shape,
): readonly WeightSpec[] {
  return [
    ...(scale ? [{ name: 'gamma', shape, trainable: true } as const] : []),
    ...(center ? [{ name: 'beta', shape, trainable: true } as const] : []),
  ];
}

export function scaleWords({ epsilon, scale, center }: ScaleAndShift): readonly SettingWords[] {
  const without = [...(scale ? [] : ['gamma']), ...(center ? [] : ['beta'])];
  return [
    { term: 'Epsilon', value: String(epsilon) },
    ...(without.length > 0 ? [{ term: 'Without', value: without.join(' and ') }] : []),
  ];
}
