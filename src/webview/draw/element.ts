export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** An HTML element with attributes and children; `true` sets an empty attribute, false and undefined none. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) {
      made.setAttribute(name, value === true ? '' : String(value));
    }
  }
  made.append(...children);
  return made;
}

/** A push button; `kind` picks its looks. */
export function button(
  label: string,
  onClick: () => void,
  { kind = 'secondary', ...attributes }: Attributes & { readonly kind?: string } = {},
): HTMLButtonElement {
  const made = element('button', { type: 'button', class: `button ${kind}`, ...attributes }, label);
  made.addEventListener('click', onClick);
  return made;
}

const svgNamespace = 'http://www.w3.org/2000/svg';

/** An SVG element with attributes and children. */
export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Node[]
): SVGElementTagNameMap[K] {
  const made = document.createElementNS(svgNamespace, tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(name, String(value));
  }
  made.append(...children);
  return made;
}

/** Calls when a person comes near to a control. */
export function onApproach(control: HTMLElement, call: () => void): void {
  control.addEventListener('pointerenter', call);
  control.addEventListener('focus', call);
}
