const svgNamespace = 'http://www.w3.org/2000/svg';

/** Outlines on a grid of 16, drawn with the text's colour. */
const outlines = {
  fit: 'M2 6V2.5H5.5M10.5 2.5H14V6M14 10v3.5h-3.5M5.5 13.5H2V10M5.5 6h5v4h-5z',
  table: 'M2 3h12v10H2zM2 6.5h12M2 9.75h12M6 3v10',
  graph: 'M2 5h4v6H2zM10 5h4v6h-4zM6 8h4',
  compare: 'M2 3h5v10H2zM9 3h5v10H9z',
  wide: 'M2 8h12M4.5 5.5L2 8l2.5 2.5M11.5 5.5L14 8l-2.5 2.5',
  tall: 'M8 2v12M5.5 4.5L8 2l2.5 2.5M5.5 11.5L8 14l2.5-2.5',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  curve: 'M2 2v12h12M4.5 4.5c1 5 3.5 6.5 9 7',
  why: 'M8 1.75a6.25 6.25 0 1 0 0 12.5a6.25 6.25 0 1 0 0-12.5M6 6.4a2 2 0 1 1 3.1 1.65c-.75.5-1.1.85-1.1 1.6M8 11.6h.01',
  check: 'M2.5 8.5L6 12l7.5-8',
  search: 'M7 2.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9M10.3 10.3L14 14',
  close: 'M4 4l8 8M12 4l-8 8',
  chevron: 'M4.5 6.5L8 10l3.5-3.5',
  previous: 'M9.5 4L5.5 8l4 4',
  next: 'M6.5 4l4 4l-4 4',
  legend: 'M2 3h3v3H2zM2 10h3v3H2zM7.5 4.5H14M7.5 11.5H14',
  warning: 'M8 2.5L14.5 13.5h-13zM8 6.5v3.5M8 11.4v.8',
  error: 'M8 1.75a6.25 6.25 0 1 0 0 12.5a6.25 6.25 0 1 0 0-12.5M8 4.5v4.5M8 10.4v1',
  picture: 'M2 3h12v10H2zM2 11l3.5-3.5 3 3 2-2L14 12M10.5 6h.01',
} as const;

export type IconName = keyof typeof outlines;

/** A small picture beside words, or inside a button that has a name of its own. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(svgNamespace, 'svg');
  for (const [attribute, value] of [
    ['viewBox', '0 0 16 16'],
    ['class', `icon icon-${name}`],
    ['aria-hidden', 'true'],
  ] as const) {
    svg.setAttribute(attribute, value);
  }
  const path = document.createElementNS(svgNamespace, 'path');
  path.setAttribute('d', outlines[name]);
  svg.append(path);
  return svg;
}
