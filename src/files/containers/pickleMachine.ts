import { WeightsError } from '../bytes/weightsError';
import type { PickleReader } from './pickleReader';
import type { PickleObject, PickleValue } from './pickleValue';
import { IgnoredObject, PickleGlobal } from './pickleValue';

/** Everything that a pickle may refer to outside itself. */
export interface PickleWorld {
  /** Allowed globals by full name, such as `collections.OrderedDict`. */
  readonly globals: ReadonlyMap<string, PickleObject>;
  /** Resolves a persistent id. */
  persistent(id: PickleValue): PickleValue;
}

/** Bound of operations; AlexNet's state_dict takes 2,000, a checkpoint with optimizer and history some ten thousand. */
const maxSteps = 2 ** 20;
/** Bound of the stack; Python writes lists and dicts a thousand items at a time. */
const maxStack = 2 ** 16;

/** Characters of a text in an error. */
const maxShown = 100;

/** The stack machine that interprets a pickle, with bounds on memory and work. */
export class PickleMachine {
  private stack: PickleValue[] = [];
  private readonly marks: number[] = [];
  private readonly memo = new Map<number, PickleValue>();
  private steps = 0;

  constructor(
    readonly reader: PickleReader,
    readonly world: PickleWorld,
  ) {}

  /** Counts work; throws a WeightsError where a pickle asks for too much. */
  spend(steps: number): void {
    this.steps += steps;
    if (this.steps > maxSteps) {
      throw new WeightsError(`the pickle takes more than ${maxSteps} steps, as no weights do`);
    }
  }

  push(value: PickleValue): void {
    if (this.stack.length + this.marks.length >= maxStack) {
      throw new WeightsError(`the pickle puts more than ${maxStack} values on the stack`);
    }
    this.stack.push(value);
  }

  pop(): PickleValue {
    const value = this.top();
    this.stack.pop();
    return value;
  }

  /** Returns the top value; throws where there is none above the last mark. */
  top(): PickleValue {
    const value = this.stack.at(-1);
    if (value === undefined || this.stack.length <= (this.marks.at(-1) ?? 0)) {
      throw damaged('takes a value from an empty stack');
    }
    return value;
  }

  mark(): void {
    if (this.stack.length + this.marks.length >= maxStack) {
      throw new WeightsError(`the pickle puts more than ${maxStack} values on the stack`);
    }
    this.marks.push(this.stack.length);
  }

  /** Pops everything above the last mark, and the mark. */
  popMark(): PickleValue[] {
    const height = this.marks.pop();
    if (height === undefined) throw damaged('takes values down to a mark that it never set');
    this.spend(this.stack.length - height);
    return this.stack.splice(height);
  }

  /** Pops the last `count` values, in order. */
  popMany(count: number): PickleValue[] {
    return Array.from({ length: count }, () => this.pop()).reverse();
  }

  remember(place: number | bigint): void {
    this.memo.set(Number(place), this.top());
  }

  /** Stores the top in the next free memo entry, as protocol 4 does. */
  rememberNext(): void {
    this.remember(this.memo.size);
  }

  recall(place: number | bigint): void {
    const value = this.memo.get(Number(place));
    if (value === undefined) throw damaged(`asks for value ${place}, which it never kept`);
    this.push(value);
  }

  pushGlobal(module: PickleValue, name: PickleValue): void {
    if (typeof module !== 'string' || typeof name !== 'string') {
      throw damaged('names a class by something that is no text');
    }
    const full = `${module}.${name}`;
    // Any other name is inert: nothing is run or looked up by it, and what it makes holds no weights.
    this.push(this.world.globals.get(full) ?? new PickleGlobal(full.slice(0, maxShown)));
  }

  call(called: PickleValue, args: PickleValue): void {
    if (called instanceof IgnoredObject) {
      this.push(called);
      return;
    }
    if (!(called instanceof PickleGlobal)) throw damaged(`calls ${kind(called)}`);
    if (!Array.isArray(args)) throw damaged(`calls ${called.name} with ${kind(args)}`);
    for (const arg of args) this.spend(Array.isArray(arg) ? 1 + arg.length : 1);
    this.push(called.call(args));
  }

  append(items: readonly PickleValue[]): void {
    const list = this.top();
    if (Array.isArray(list)) list.push(...items);
    else if (list instanceof Set) for (const item of items) list.add(item);
    else if (!(list instanceof IgnoredObject)) throw damaged(`adds items to ${kind(list)}`);
  }

  /** Adds items; keys and values alternate. */
  setItems(items: readonly PickleValue[]): void {
    const dict = this.top();
    if (items.length % 2 !== 0) throw damaged('sets a key without a value');
    if (dict instanceof IgnoredObject) return;
    if (!(dict instanceof Map)) throw damaged(`sets items of ${kind(dict)}`);
    for (let i = 0; i < items.length; i += 2) dict.set(items[i] ?? null, items[i + 1] ?? null);
  }
}

/** The error for an inconsistent pickle. */
export function damaged(how: string): WeightsError {
  return new WeightsError(`the pickle is damaged: it ${how}`);
}

/** A short form of a value for sentences. */
export function kind(value: PickleValue): string {
  if (value === null) return 'None';
  if (Array.isArray(value)) return 'a list';
  if (value instanceof Map) return 'a dict';
  if (value instanceof Set) return 'a set';
  if (value instanceof Uint8Array) return 'bytes';
  if (typeof value === 'object') return value.name;
  return `the ${typeof value} ${JSON.stringify(String(value).slice(0, maxShown))}`;
}
