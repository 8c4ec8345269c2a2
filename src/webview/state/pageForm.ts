import { clamp } from '../draw/rect';

/** How the panes of the page stand to each other. */
export interface PageForm {
  /** Beside the graph, or a slim row above it that opens the whole pane. */
  readonly picture: 'column' | 'row';
  /** Beside the graph, or a sheet over its lower part. */
  readonly details: 'column' | 'sheet';
  /** How much larger than usual all is drawn. */
  readonly magnify: number;
}

/** Three columns need this width: the graph would be a strip between the others. */
const threeColumns = 900;
/** Two columns, the graph and the details, need this. */
const twoColumns = 700;
/** For a beamer: read from the last row. */
const presented = 1.6;

/** The form that a page of this width takes, in pixels. What is presented keeps the picture out of the graph's way. */
export function pageForm(width: number, presenting: boolean): PageForm {
  const magnify = presenting ? presented : 1;
  const room = width / magnify;
  return {
    picture: presenting || room < threeColumns ? 'row' : 'column',
    details: room < twoColumns ? 'sheet' : 'column',
    magnify,
  };
}

/** The two heights of the sheet that are wanted most, as parts of the room for graph and sheet. */
export const sheetStops = { half: 0.55, tall: 0.8 } as const;
/** The least of a sheet, and of the graph above it: a row's title and the top of its blocks. */
const leastSheet = 120;
const leastGraph = 96;

/** The height of the sheet in pixels; the graph is never quite covered. */
export function sheetHeight(share: number, room: number): number {
  return Math.round(clamp(share * room, leastSheet, room - leastGraph));
}
