/** A key, or several that belong together, and what it does. */
export interface KeyWords {
  readonly keys: readonly string[];
  readonly does: string;
}

export interface KeyGroup {
  readonly title: string;
  readonly keys: readonly KeyWords[];
}

/** Every key of the panel, by where it works. */
export const keyTable: readonly KeyGroup[] = [
  {
    title: 'In the graph',
    keys: [
      { keys: ['←', '↑', '→', '↓'], does: 'walk from layer to layer, and to the titles of blocks' },
      { keys: ['Home', 'End'], does: 'first and last layer' },
      { keys: ['Enter'], does: 'opens the details of a layer; folds the block of a title' },
      { keys: ['Shift', '←', '↑', '→', '↓'], does: 'walk the cells of the layer’s map' },
      { keys: ['g'], does: 'folds and unfolds the block of a layer' },
      { keys: ['G'], does: 'folds all blocks, and unfolds them' },
      { keys: ['+', '-'], does: 'zoom in and out about the layer you are on' },
      { keys: ['f'], does: 'fits the graph to the pane' },
    ],
  },
  {
    title: 'Everywhere',
    keys: [
      { keys: ['/'], does: 'searches layers; Enter opens the next that fits' },
      { keys: ['t'], does: 'a table of all layers instead of the graph' },
      { keys: ['c'], does: 'the comparison instead of the graph' },
      { keys: ['r'], does: 'the results of several pictures as a table' },
      { keys: ['e'], does: 'the evaluation on a labelled folder' },
      { keys: ['l'], does: 'the training on a folder of pictures' },
      { keys: ['w'], does: 'why the picture was taken for what it was' },
      { keys: ['↑', '↓'], does: 'walk the rows of a table; Enter opens one' },
      { keys: ['b'], does: 'large type and calm, for a beamer; again or Esc leaves' },
      { keys: ['u'], does: 'takes the last change of a run back, of channels or erased parts' },
      { keys: [',', '.'], does: 'the picture before and after, of several' },
      { keys: ['Esc'], does: 'closes the details; else goes back to the graph' },
      { keys: ['?'], does: 'shows these keys' },
    ],
  },
  {
    title: 'In the details',
    keys: [
      { keys: ['←', '→'], does: 'the tab before and after; in Values, a step' },
      { keys: ['p'], does: 'plays and pauses the steps of a value' },
      { keys: ['←', '↑', '→', '↓'], does: 'walk tiles and thumbnails; Enter shows one' },
      { keys: ['x'], does: 'switches the channel you are on off, and on again' },
      { keys: ['PgUp', 'PgDn'], does: 'the large channel before and after' },
    ],
  },
  {
    title: 'With the eraser',
    keys: [
      { keys: ['←', '↑', '→', '↓'], does: 'move the square; with Shift by one pixel' },
      { keys: ['Space', 'Enter'], does: 'erase what is under it' },
    ],
  },
];
