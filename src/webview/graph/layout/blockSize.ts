import type { GraphNode } from './graphNodes';

/** A block in oblique projection: a front face, and sheets or a side that run back to the upper right. In pixels. */
export interface BlockSize {
  readonly width: number;
  readonly height: number;
  /** How far the back stands right of and above the front. */
  readonly depthX: number;
  readonly depthY: number;
  readonly sheets: number;
}

/** Faces grow as this power of their cells, so that 6 × 6 can still be read beside 224 × 224. */
const facePower = 0.35;
/** Pixels of a face one cell wide, at scale 1. */
const facePixels = 22.5;
/** Sheets grow as this power of the channels: 96 make 6, 384 make 11. */
const sheetPower = 0.4;
const sheetPixels = 3.2;
/** Depth rises by two pixels for every three it goes right. */
const slope = 2 / 3;
const slabWidth = 6;
const slabDepth = 26;

/** How large a node is drawn at a scale. */
export function blockSize({ form, shape }: GraphNode, scale: number): BlockSize {
  const channels = shape.length === 3 ? (shape[2] ?? 1) : 1;
  const cells = shape.length === 3 ? (shape[0] ?? 1) : Math.sqrt(shape[0] ?? 1);
  const side = facePixels * scale * cells ** facePower;
  switch (form) {
    case 'units':
      return { width: side, height: side, depthX: 0, depthY: 0, sheets: 0 };
    case 'slab': {
      const depthX = slabDepth * scale;
      return {
        width: slabWidth * scale,
        height: side,
        depthX,
        depthY: depthX * slope,
        sheets: 0,
      };
    }
    case 'stack': {
      const sheets = Math.round(channels ** sheetPower);
      const depthX = (sheets - 1) * sheetPixels * scale;
      return { width: side, height: side, depthX, depthY: depthX * slope, sheets };
    }
  }
}
