/** Neighbouring cells or pixels along one axis, both ends included. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

/** A rectangle of cells of a map, or of pixels of a picture. */
export interface Area {
  readonly rows: Span;
  readonly columns: Span;
}

export function spanLength({ first, last }: Span): number {
  return last - first + 1;
}

export function contains({ first, last }: Span, at: number): boolean {
  return at >= first && at <= last;
}

/** The nearest place within a span. */
export function clampTo({ first, last }: Span, at: number): number {
  return Math.min(last, Math.max(first, at));
}
