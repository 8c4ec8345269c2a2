import type { ErasedArea, Erased, RunChanges } from '../../protocol/changedRun';

/** Channels of a layer, besides what is changed already, off or on again. */
export function withChannels(changes: RunChanges, { layer, channels, off }: Switched): RunChanges {
  const before = changes.off?.[layer] ?? [];
  const others = before.filter((channel) => !channels.includes(channel));
  const left = off ? [...others, ...channels].sort((a, b) => a - b) : others;
  const { [layer]: _, ...rest } = changes.off ?? {};
  return { ...changes, off: left.length > 0 ? { ...rest, [layer]: left } : rest };
}

export interface Switched {
  readonly layer: string;
  readonly channels: readonly number[];
  readonly off: boolean;
}

/** More of the picture erased; what others cover is left out. All of it takes the new fill. */
export function withErased(
  changes: RunChanges,
  { areas, fill }: Pick<Erased, 'areas' | 'fill'>,
): RunChanges {
  const all: ErasedArea[] = [];
  for (const area of [...(changes.erased?.areas ?? []), ...areas])
    if (!all.some((other) => covers(other, area))) all.push(area);
  return all.length > 0 ? { ...changes, erased: { areas: all, fill } } : changes;
}

/** Whether a run with these changes is the run itself. */
export function changesNothing({ off = {}, erased }: RunChanges): boolean {
  return Object.keys(off).length === 0 && (erased?.areas.length ?? 0) === 0;
}

function covers(outer: ErasedArea, inner: ErasedArea): boolean {
  return (
    outer.top <= inner.top &&
    outer.left <= inner.left &&
    outer.top + outer.height >= inner.top + inner.height &&
    outer.left + outer.width >= inner.left + inner.width
  );
}
