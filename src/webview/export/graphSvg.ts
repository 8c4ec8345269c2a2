import { element } from '../draw/element';
import type { GraphPicture } from '../graph/graphDrawing';

const svgNamespace = 'http://www.w3.org/2000/svg';

/** What style sheets say of shapes and texts; a file has no style sheet. */
const shapes = 'path, rect, text, tspan';
const paints = ['fill', 'stroke'] as const;
const strokeStyles = ['stroke-width', 'vector-effect'] as const;
const textStyles = ['font-family', 'font-size', 'font-weight', 'text-anchor'] as const;
/** Attributes that only the page needs. */
const pageAttribute = /^(?:class|style|role|tabindex|aria-.*|data-.*)$/;

/** The graph as an SVG file of its own: the theme's colours and fonts by name, maps as embedded PNGs. */
export function graphSvg({ svg, width, height }: GraphPicture, title: string): string {
  const place = element('div', { hidden: true });
  // Only what is in the page has computed styles.
  place.append(svg);
  document.body.append(place);
  try {
    inlineStyles(svg);
  } finally {
    place.remove();
  }
  for (const part of [svg, ...svg.querySelectorAll('*')]) {
    for (const { name } of [...part.attributes]) {
      if (pageAttribute.test(name)) part.removeAttribute(name);
    }
  }
  svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
  svg.setAttribute('width', String(width));
  svg.setAttribute('height', String(height));
  svg.prepend(titleOf(title), background(width, height));
  return new XMLSerializer().serializeToString(svg);
}

function inlineStyles(svg: SVGSVGElement): void {
  for (const title of svg.querySelectorAll('.bracket-title')) centreTitle(title);
  for (const image of svg.querySelectorAll('image')) {
    image.setAttribute('image-rendering', getComputedStyle(image).imageRendering);
  }
  for (const shape of svg.querySelectorAll(shapes)) {
    const style = getComputedStyle(shape);
    const seen = paints.filter((paint) => setPaint(shape, paint, style.getPropertyValue(paint)));
    if (seen.length === 0) shape.remove();
    const isText = shape.matches('text, tspan');
    const styles = [
      ...(seen.includes('stroke') ? strokeStyles : []),
      ...(isText ? textStyles : []),
    ];
    for (const name of styles) shape.setAttribute(name, style.getPropertyValue(name));
    const dashes = style.getPropertyValue('stroke-dasharray');
    if (seen.includes('stroke') && dashes !== 'none') {
      shape.setAttribute('stroke-dasharray', dashes);
    }
  }
}

/** The sign that a block folds is of use on the page only: without it, the words stand over the bracket's middle. */
function centreTitle(title: Element): void {
  title.querySelector('.bracket-chevron')?.remove();
  const ring = title.querySelector('.ring');
  const [x, width] = ['x', 'width'].map((name) => Number(ring?.getAttribute(name)));
  const words = title.querySelector('text');
  words?.setAttribute('x', String((x ?? 0) + (width ?? 0) / 2));
  words?.setAttribute('text-anchor', 'middle');
}

/** Whether it can be seen. */
function setPaint(shape: Element, paint: (typeof paints)[number], css: string): boolean {
  const plain = plainColour(css);
  shape.setAttribute(paint, plain?.colour ?? 'none');
  if (plain && plain.opacity < 1) shape.setAttribute(`${paint}-opacity`, String(plain.opacity));
  return plain !== undefined;
}

function titleOf(words: string): SVGElement {
  const title = document.createElementNS(svgNamespace, 'title');
  title.textContent = words;
  return title;
}

function background(width: number, height: number): SVGElement {
  const rect = document.createElementNS(svgNamespace, 'rect');
  rect.setAttribute('width', String(width));
  rect.setAttribute('height', String(height));
  setPaint(rect, 'fill', getComputedStyle(document.body).backgroundColor);
  return rect;
}

/** A colour that any viewer of SVG reads: six hexadecimal digits, and the opacity beside it. */
interface PlainColour {
  readonly colour: string;
  readonly opacity: number;
}

const numbers = /-?[\d.]+(?:e-?\d+)?/gi;

/** A computed colour, such as `color(srgb 0.1 0.2 0.3)`, as hex and opacity; undefined where it is transparent. */
export function plainColour(css: string): PlainColour | undefined {
  const whole = css.startsWith('rgb') ? 255 : 1;
  if (whole === 1 && !css.startsWith('color(srgb ')) {
    return css === 'none' || css === 'transparent' ? undefined : { colour: css, opacity: 1 };
  }
  const [red = 0, green = 0, blue = 0, opacity = 1] = (css.match(numbers) ?? []).map(Number);
  if (opacity === 0) return undefined;
  const hex = [red, green, blue].map((part) => {
    const byte = Math.round(Math.min(1, Math.max(0, part / whole)) * 255);
    return byte.toString(16).padStart(2, '0');
  });
  return { colour: `#${hex.join('')}`, opacity };
}
