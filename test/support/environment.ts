/** A variable that scripts/test.mjs sets for a ring. */
export function environment(name: `ALEXNET_${string}`): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: run this ring with npm test`);
  return value;
}
