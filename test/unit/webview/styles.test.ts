import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join('src', 'webview');
const listed = join(folder, 'webview.css');

interface Rule {
  readonly sheet: string;
  readonly selectors: readonly string[];
  readonly declarations: readonly (readonly [property: string, value: string])[];
}

describe('the style sheets of the page', () => {
  const sheets = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.css'))
    .map((name) => join(folder, name))
    .filter((path) => path !== listed);
  const rules = sheets.flatMap(rulesOf);

  it('are all in the list that is bundled', () => {
    const list = readFileSync(listed, 'utf8');
    const imports = [...list.matchAll(/@import '\.\/(.+)';/g)].map(([, path]) =>
      join(folder, path ?? ''),
    );
    assert.deepEqual([...imports].sort(), [...sheets].sort());
  });

  it('take spaces and type sizes from one scale', () => {
    const own = rules.flatMap(({ sheet, declarations }) =>
      declarations
        .filter(([property, value]) => isOffScale(property, value))
        .map(([property, value]) => `${sheet}: ${property}: ${value}`),
    );
    assert.deepEqual(own, []);
    const names = rules.flatMap(({ declarations }) => declarations.map(([property]) => property));
    const scale = (start: string): number => names.filter((name) => name.startsWith(start)).length;
    assert.ok(scale('--space-') <= 6, `${scale('--space-')} spaces`);
    assert.ok(scale('--text-') <= 5, `${scale('--text-')} type sizes`);
  });

  it('style a class in one place only', () => {
    const places = new Map<string, Set<string>>();
    for (const { sheet, selectors } of rules) {
      for (const name of selectors.flatMap(styledClasses)) {
        places.set(name, (places.get(name) ?? new Set<string>()).add(sheet));
      }
    }
    const several = [...places].filter(([, { size }]) => size > 1);
    assert.deepEqual(
      several.map(([name, where]) => `${name}: ${[...where].join(', ')}`),
      [],
    );
  });
});

function rulesOf(sheet: string): readonly Rule[] {
  const text = readFileSync(sheet, 'utf8').replaceAll(/\/\*[^]*?\*\//g, '');
  return [...text.matchAll(/([^{};]+)\{([^{}]*)\}/g)].map(([, selectors = '', body = '']) => ({
    sheet,
    selectors: listOf(selectors),
    declarations: body
      .split(';')
      .map((line) => line.split(/:([^]*)/))
      .filter(([, value]) => value !== undefined)
      .map(([property = '', value = '']) => [property.trim(), value.trim()] as const),
  }));
}

/** A selector list at its commas, but for those within parentheses. */
function listOf(selectors: string): readonly string[] {
  return selectors.split(/,(?![^(]*\))/).map((selector) => selector.trim());
}

/** The classes of the element that a selector is about: those of its last compound. */
function styledClasses(selector: string): readonly string[] {
  const last = selector.split(/[\s>+~](?![^(]*\))/).at(-1) ?? '';
  const about = last.replaceAll(/:(?:not|has)\([^)]*\)+/g, '');
  return [...about.matchAll(/\.([a-z][\w-]*)/g)].map(([, name]) => name ?? '');
}

function isOffScale(property: string, value: string): boolean {
  if (/^(?:(?:row-|column-)?gap|(?:padding|margin)(?:-\w+)?)$/.test(property)) {
    const rest = value.replaceAll(/calc\(-1 \* (var\([^)]+\))\)/g, '$1');
    return rest
      .split(' ')
      .some((part) => !/^(?:0|auto|var\(--(?:space-\d|hint-width)\))$/.test(part));
  }
  return (
    property === 'font-size' &&
    !/^(?:0|inherit|var\(--(?:text-\w+|vscode-font-size)\))$/.test(value)
  );
}
