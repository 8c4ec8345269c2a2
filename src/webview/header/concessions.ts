/**
 * What the header gives up where there is no room, the least important first: words that are said elsewhere too, then
 * tools, which go into the menu More. What is left may be cut short: the network, the weights.
 */
export const concessions = [
  'title',
  'engine words',
  'weights word',
  'search field',
  'fit',
  'export',
  'heat',
  'training',
  'evaluation',
  'compare',
  'explain',
  'table',
] as const;
export type Concession = (typeof concessions)[number];

/**
 * The concessions that bring a row into `room`: the fewest that do, or all. `needed` has the row's width with none, one,
 * two and so on.
 */
export function concessionsFor(needed: readonly number[], room: number): readonly Concession[] {
  const enough = needed.findIndex((width) => width <= room);
  return concessions.slice(0, enough < 0 ? concessions.length : enough);
}
