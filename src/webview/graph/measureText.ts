import type { MeasureText } from './layout/graphLayout';

/** Measures lines as the page's own font draws them under a block. */
export function textMeasure(pixels: number): MeasureText {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return (text) => text.length * pixels * 0.6;
  context.font = `${pixels}px ${getComputedStyle(document.body).fontFamily}`;
  const known = new Map<string, number>();
  return (text) => {
    const width = known.get(text) ?? context.measureText(text).width;
    known.set(text, width);
    return width;
  };
}
