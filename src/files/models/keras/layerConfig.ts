import { NetworkError } from '../../../network/tensor/networkError';
import type { Pads, Pair } from '../../../network/tensor/window';
import { fieldsOf } from '../../containers/smallJson';

const shownCharacters = 60;

/**
 * What a layer's class keeps of its settings: JSON that nobody has checked. Each reading throws a NetworkError where a
 * setting is missing or makes no sense; `otherwise` stands for one that files of old leave out.
 */
export class LayerConfig {
  constructor(
    readonly className: string,
    private readonly fields: Readonly<Record<string, unknown>>,
    /** Whether Keras 2 or TensorFlow.js wrote it: the same words mean other things there. */
    readonly isKeras2: boolean,
  ) {}

  /** The setting as it is; undefined where it is missing or null. */
  raw(name: string): unknown {
    return Object.hasOwn(this.fields, name) ? (this.fields[name] ?? undefined) : undefined;
  }

  number(name: string, otherwise?: number): number {
    const value = this.raw(name) ?? otherwise;
    return typeof value === 'number' ? value : this.refuse(name);
  }

  flag(name: string, otherwise: boolean): boolean {
    const value = this.raw(name) ?? otherwise;
    return typeof value === 'boolean' ? value : this.refuse(name);
  }

  text(name: string, otherwise: string): string {
    const value = this.raw(name) ?? otherwise;
    return typeof value === 'string' ? value : this.refuse(name);
  }

  /** Numbers, or one number alone. */
  numbers(name: string): readonly number[] {
    return numbersIn(this.raw(name)) ?? this.refuse(name);
  }

  /** Two sizes, or one for both. */
  pair(name: string, otherwise?: Pair): Pair {
    const value = this.raw(name) ?? otherwise;
    return pairIn(value) ?? this.refuse(name);
  }

  /** All four sides, one number for each axis, or one for all. */
  pads(name: string): Pads {
    const value = this.raw(name);
    if (Array.isArray(value) && value.length === 2) {
      const [rows, columns] = value.map(pairIn);
      if (rows && columns) return [rows, columns];
    }
    const both = pairIn(value) ?? this.refuse(name);
    return [
      [both[0], both[0]],
      [both[1], both[1]],
    ];
  }

  padding(): 'valid' | 'same' {
    const value = this.text('padding', 'valid').toLowerCase();
    return value === 'valid' || value === 'same' ? value : this.refuse('padding');
  }

  refuse(name: string): never {
    const value = this.raw(name);
    const shown = value === undefined ? 'missing' : JSON.stringify(value).slice(0, shownCharacters);
    throw new NetworkError(`${this.className} cannot be read: its ${name} is ${shown}`);
  }
}

/** A part of a config that is a config itself, such as an activation's. */
export function objectIn(
  value: unknown,
): { readonly className: string; readonly config: unknown } | undefined {
  const { class_name: className, config } = fieldsOf(value) ?? {};
  return typeof className === 'string' ? { className, config } : undefined;
}

function pairIn(value: unknown): Pair | undefined {
  const [rows, columns = rows, ...more] = numbersIn(value) ?? [];
  return rows === undefined || columns === undefined || more.length > 0
    ? undefined
    : [rows, columns];
}

function numbersIn(value: unknown): readonly number[] | undefined {
  if (typeof value === 'number') return [value];
  const isList = Array.isArray(value) && value.every((each) => typeof each === 'number');
  return isList ? value : undefined;
}
