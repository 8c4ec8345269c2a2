import assert from 'node:assert/strict';
import { concessions, concessionsFor } from '../../../src/webview/header/concessions';
import { seenPart } from '../../../src/webview/graph/scrollRail';
import { pageForm, sheetHeight } from '../../../src/webview/state/pageForm';

describe('the form of the page', () => {
  const form = (width: number, presenting = false): string => {
    const { picture, details, magnify } = pageForm(width, presenting);
    return `${picture} ${details} ${magnify}`;
  };

  it('has columns while they leave the graph room, then a row above it, then a sheet over it', () => {
    assert.equal(form(1440), 'column column 1');
    assert.equal(form(900), 'column column 1');
    assert.equal(form(899), 'row column 1');
    assert.equal(form(700), 'row column 1');
    assert.equal(form(699), 'row sheet 1');
    assert.equal(form(320), 'row sheet 1');
  });

  it('is that of a smaller page where all is drawn large, with the picture out of the way', () => {
    assert.equal(form(1920, true), 'row column 1.6');
    assert.equal(form(1000, true), 'row sheet 1.6');
  });
});

describe('the sheet', () => {
  it('is as high as a person wants it, and leaves some of the graph in sight', () => {
    assert.equal(sheetHeight(0.5, 600), 300);
    assert.equal(sheetHeight(1, 600), 504);
    assert.equal(sheetHeight(0, 600), 120);
  });

  it('keeps its least height in a room too low for both', () => {
    assert.equal(sheetHeight(0.5, 150), 120);
  });
});

describe('the header’s row', () => {
  it('gives up nothing where there is room, then as little as it can, in one order', () => {
    const needed = concessions.map((_, count) => 1000 - 90 * count).concat(100);
    assert.deepEqual(concessionsFor(needed, 1000), []);
    assert.deepEqual(concessionsFor(needed, 999), ['title']);
    assert.deepEqual(concessionsFor(needed, 650), concessions.slice(0, 4));
    assert.deepEqual(concessionsFor(needed, 5), concessions);
  });
});

describe('the rail beside the graph', () => {
  it('shows which part is in sight', () => {
    const world = { width: 400, height: 1000 };
    const pane = { width: 400, height: 250 };
    assert.deepEqual(seenPart({ k: 1, x: 0, y: 0 }, pane, world), [0, 0.25]);
    assert.deepEqual(seenPart({ k: 1, x: 0, y: -750 }, pane, world), [0.75, 1]);
    assert.deepEqual(seenPart({ k: 1, x: 0, y: 100 }, pane, world), [0, 0.25]);
  });
});
