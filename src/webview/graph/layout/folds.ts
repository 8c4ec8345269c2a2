import type { Block } from '../../../network/blocks';

/** Blocks that are drawn as one: a folded one, or equal ones that are all folded and follow each other. */
export interface Fold {
  readonly title: string;
  readonly blocks: readonly Block[];
  readonly layers: readonly string[];
}

/** The folds of a network's blocks, in running order. */
export function foldsOf(blocks: readonly Block[], folded: readonly string[]): readonly Fold[] {
  const isFolded = new Set(folded);
  const groups: Block[][] = [];
  let isOpen = true;
  for (const block of blocks) {
    const joins = isFolded.has(block.title) && block.repeats && !isOpen;
    if (joins) groups.at(-1)?.push(block);
    else if (isFolded.has(block.title)) groups.push([block]);
    isOpen = !isFolded.has(block.title);
  }
  return groups.map((group) => ({
    title: titleOf(group),
    blocks: group,
    layers: group.flatMap(({ layers }) => layers),
  }));
}

/** `residual blocks 3–6, × 4`. */
function titleOf(group: readonly Block[]): string {
  const [first, last] = [group[0]?.title ?? '', group.at(-1)?.title ?? ''];
  if (group.length < 2) return first;
  const [, kind = first, number = ''] = /^(.*) (\d+)$/.exec(first) ?? [];
  return `${kind}s ${number}–${last.slice(kind.length + 1)}, × ${group.length}`;
}

/** Of more layers than these a person does not see how a network is built before blocks are folded. */
const mostAtOnce = 200;
/** A block that holds most of the network says nothing of it when it is folded. */
const mostInFold = 80;

/** What is folded of a network that nobody has looked at yet. */
export function foldedAtFirst(blocks: readonly Block[]): readonly string[] {
  const count = blocks.reduce((sum, { layers }) => sum + layers.length, 0);
  if (count <= mostAtOnce) return [];
  return blocks.filter(({ layers }) => layers.length <= mostInFold).map(({ title }) => title);
}

/** The titles of folded blocks once these were unfolded, or folded where none of them is. */
export function toggled(folded: readonly string[], titles: readonly string[]): readonly string[] {
  const open = folded.filter((title) => !titles.includes(title));
  return open.length < folded.length ? open : [...folded, ...titles];
}

/** The same of all blocks: those of other networks stay as they are. */
export function allToggled(
  folded: readonly string[],
  titles: readonly string[],
): readonly string[] {
  const others = folded.filter((title) => !titles.includes(title));
  return titles.every((title) => folded.includes(title)) ? others : [...others, ...titles];
}
