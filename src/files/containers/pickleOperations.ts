import { WeightsError } from '../bytes/weightsError';
import type { PickleMachine } from './pickleMachine';
import { damaged } from './pickleMachine';
import { LongText, longTextBytes } from './longText';
import type { PickleReader } from './pickleReader';
import { PickleObject, type PickleValue } from './pickleValue';

type Operation = (machine: PickleMachine) => void;

const push =
  (value: (machine: PickleMachine) => PickleValue): Operation =>
  (machine) =>
    machine.push(value(machine));

const refuse =
  (what: string): Operation =>
  () => {
    throw new WeightsError(
      `the pickle uses ${what}, which no file of weights needs: save the model's state_dict() alone`,
    );
  };

/** Returns a text of protocol 0; throws for escapes, which PyTorch never wrote. */
function plainText(text: string): string {
  if (text.includes('\\')) throw damaged('holds an escaped text');
  return text;
}

function text(reader: PickleReader, length: number): PickleValue {
  return length > longTextBytes ? new LongText(reader.bytes(length)) : reader.utf8(length);
}

function integerOrBool(machine: PickleMachine): PickleValue {
  const { reader } = machine;
  const start = reader.at;
  const text = reader.line();
  if (text === '00' || text === '01') return text === '01';
  reader.at = start;
  return reader.integerLine();
}

function dict(machine: PickleMachine): void {
  const items = machine.popMark();
  machine.push(new Map());
  machine.setItems(items);
}

function call(machine: PickleMachine): void {
  const [called = null, args = null] = machine.popMany(2);
  machine.call(called, args);
}

/** Makes an object of a class that is named in two lines, as Python 2 wrote those of old classes. */
function instance(machine: PickleMachine): void {
  const { reader } = machine;
  machine.pushGlobal(reader.line(), reader.line());
  const called = machine.pop();
  machine.call(called, machine.popMark());
}

/** The same of a class that lies below its arguments. */
function objectOfMark(machine: PickleMachine): void {
  const [called = null, ...args] = machine.popMark();
  machine.call(called, args);
}

/** Makes an object with named arguments, which are dropped. */
function callWithNames(machine: PickleMachine): void {
  const [called = null, args = null] = machine.popMany(3);
  machine.call(called, args);
}

/** Hands an object its state, which only those take that may hold weights. */
function build(machine: PickleMachine): void {
  const state = machine.pop();
  const object = machine.top();
  if (object instanceof PickleObject) object.setState(state);
}

/** Operations of protocols 0 to 5 by code; those that could run code or reach outside are missing. */
export const pickleOperations: ReadonlyMap<number, Operation> = new Map(
  (
    [
      ['(', (m) => m.mark()],
      ['0', (m) => void m.pop()],
      ['1', (m) => void m.popMark()],
      ['2', (m) => m.push(m.top())],
      ['N', push(() => null)],
      [0x88, push(() => true)],
      [0x89, push(() => false)],
      ['I', push(integerOrBool)],
      ['L', push(({ reader }) => reader.integerLine())],
      ['F', push(({ reader }) => Number(reader.line()))],
      ['J', push(({ reader }) => reader.i32())],
      ['K', push(({ reader }) => reader.u8())],
      ['M', push(({ reader }) => reader.u16())],
      ['G', push(({ reader }) => reader.f64())],
      [0x8a, push(({ reader }) => reader.integer(reader.u8()))],
      [0x8b, push(({ reader }) => reader.integer(reader.u32()))],
      ['S', push(({ reader }) => plainText(reader.line()).replace(/^(['"])(.*)\1$/, '$2'))],
      ['V', push(({ reader }) => plainText(reader.line()))],
      ['T', push(({ reader }) => reader.latin1(reader.u32()))],
      ['U', push(({ reader }) => reader.latin1(reader.u8()))],
      ['X', push(({ reader }) => text(reader, reader.u32()))],
      [0x8c, push(({ reader }) => reader.utf8(reader.u8()))],
      [0x8d, push(({ reader }) => text(reader, reader.u64()))],
      ['C', push(({ reader }) => reader.bytes(reader.u8()))],
      ['B', push(({ reader }) => reader.bytes(reader.u32()))],
      [0x8e, push(({ reader }) => reader.bytes(reader.u64()))],
      [0x96, push(({ reader }) => reader.bytes(reader.u64()))],
      [')', push(() => [])],
      [']', push(() => [])],
      ['}', push(() => new Map())],
      [0x8f, push(() => new Set())],
      ['t', push((m) => m.popMark())],
      ['l', push((m) => m.popMark())],
      ['d', dict],
      [0x91, push((m) => new Set(m.popMark()))],
      [0x85, push((m) => m.popMany(1))],
      [0x86, push((m) => m.popMany(2))],
      [0x87, push((m) => m.popMany(3))],
      ['a', (m) => m.append(m.popMany(1))],
      ['e', (m) => m.append(m.popMark())],
      [0x90, (m) => m.append(m.popMark())],
      ['s', (m) => m.setItems(m.popMany(2))],
      ['u', (m) => m.setItems(m.popMark())],
      ['p', (m) => m.remember(m.reader.integerLine())],
      ['q', (m) => m.remember(m.reader.u8())],
      ['r', (m) => m.remember(m.reader.u32())],
      [0x94, (m) => m.rememberNext()],
      ['g', (m) => m.recall(m.reader.integerLine())],
      ['h', (m) => m.recall(m.reader.u8())],
      ['j', (m) => m.recall(m.reader.u32())],
      ['c', (m) => m.pushGlobal(m.reader.line(), m.reader.line())],
      [0x93, (m) => m.pushGlobal(...(m.popMany(2) as [PickleValue, PickleValue]))],
      ['R', call],
      [0x81, call],
      ['b', build],
      ['Q', push((m) => m.world.persistent(m.pop()))],
      // The protocol's number and the frame's length are not needed.
      [0x80, (m) => void m.reader.u8()],
      [0x95, (m) => void m.reader.u64()],
      ['P', refuse('PERSID')],
      ['i', instance],
      ['o', objectOfMark],
      [0x82, refuse('EXT1')],
      [0x83, refuse('EXT2')],
      [0x84, refuse('EXT4')],
      [0x92, callWithNames],
      [0x97, refuse('NEXT_BUFFER')],
      [0x98, refuse('READONLY_BUFFER')],
    ] satisfies [string | number, Operation][]
  ).map(([code, operation]) => [typeof code === 'string' ? code.charCodeAt(0) : code, operation]),
);
