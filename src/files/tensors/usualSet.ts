/** Where a checkpoint's weights lie, the likeliest first. */
export const usualKeys: readonly string[] = [
  ...['state_dict', 'model_state_dict', 'model', 'net', 'network', 'weights', 'params', 'module'],
];

/** Words of sets that follow another one in training, or are looked up by it. */
const following =
  /(^|[._/-])(ema|swa|avg)|(ema|swa|avg)([._/-]|$)|averag|shadow|teacher|momentum|target|best/i;

/** The set that is read where nobody says which: the only one that follows no other, or the one where weights usually lie. Undefined where it would be a guess. */
export function usualSet<T extends { readonly key: string }>(sets: readonly T[]): T | undefined {
  const plain = sets.filter(({ key }) => !following.test(key));
  const [first] = plain.length > 0 ? plain : sets;
  if (plain.length === 1 || sets.length === 1) return first;
  return sets.find(({ key }) => key === '' || usualKeys.includes(key));
}
