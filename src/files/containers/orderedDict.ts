import { damaged, kind } from './pickleMachine';
import type { PickleValue } from './pickleValue';

/** Makes an OrderedDict; Python 2 passes its items, Python 3 sets them later. */
export function orderedDict([items = []]: readonly PickleValue[]): PickleValue {
  const dict = new Map<PickleValue, PickleValue>();
  if (!Array.isArray(items)) throw damaged(`makes a dict of ${kind(items)}`);
  for (const item of items) {
    if (!Array.isArray(item)) throw damaged(`makes a dict's item of ${kind(item)}`);
    const [key = null, value = null] = item;
    dict.set(key, value);
  }
  return dict;
}
