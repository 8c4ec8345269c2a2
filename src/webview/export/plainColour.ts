/** A colour that any viewer of SVG reads: six hexadecimal digits, and the opacity beside it. */
export interface PlainColour {
  readonly colour: string;
  readonly opacity: number;
}

const numbers = /-?[\d.]+(?:e-?\d+)?/gi;

/** A computed colour, such as `rgba(0, 0, 0, 0.5)` or `color(srgb 0.1 0.2 0.3)`, without CSS 4; undefined where nothing is to be seen. */
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
