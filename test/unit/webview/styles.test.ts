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

  it('change no colour with the width: what has enough contrast in a wide page has it in a narrow one', () => {
    const own = sheets.flatMap((sheet) =>
      widthBlocks(sheet).flatMap((block) =>
        declarationsOf(block).filter(
          ([property, value]) => isPaint(property) && !sameAtAnyWidth.test(value),
        ),
      ),
    );
    assert.deepEqual(own, []);
  });

  it('change nothing but paint with the theme', () => {
    const own = rules
      .filter(({ selectors }) => selectors.some((selector) => selector.includes('.vscode-')))
      .flatMap(({ declarations }) => declarations)
      .filter(([property]) => !isPaint(property) && !property.startsWith('text-'));
    assert.deepEqual(own, []);
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

/** The background of the page, and a line between its parts. */
const sameAtAnyWidth = /^(?:0|none|var\(--vscode-editor-background\)|1px solid var\(--line\))$/;

/** Whether a property draws in a colour, and takes no room. */
function isPaint(property: string): boolean {
  return /colou?r|background|^border|^(?:fill|stroke|opacity|filter|outline)|shadow/.test(property);
}

/** What of a sheet counts at some widths of the page, or of a part of it, only. */
function widthBlocks(sheet: string): readonly string[] {
  const blocks = textOf(sheet).matchAll(
    /@(?:media|container)[^{]*width[^{]*\{((?:[^{}]|\{[^{}]*\})*)\}/g,
  );
  return [...blocks].map(([, block = '']) => block);
}

function textOf(sheet: string): string {
  return readFileSync(sheet, 'utf8').replaceAll(/\/\*[^]*?\*\//g, '');
}

function rulesOf(sheet: string): readonly Rule[] {
  return [...textOf(sheet).matchAll(/([^{};]+)\{([^{}]*)\}/g)].map(
    ([, selectors = '', body = '']) => ({
      sheet,
      selectors: listOf(selectors),
      declarations: declarationsIn(body),
    }),
  );
}

/** Those of all rules in a text. */
function declarationsOf(text: string): Rule['declarations'] {
  return [...text.matchAll(/\{([^{}]*)\}/g)].flatMap(([, body = '']) => declarationsIn(body));
}

function declarationsIn(body: string): Rule['declarations'] {
  return body
    .split(';')
    .map((line) => line.split(/:([^]*)/))
    .filter(([, value]) => value !== undefined)
    .map(([property = '', value = '']) => [property.trim(), value.trim()] as const);
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
