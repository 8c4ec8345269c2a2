import type { Point } from '../../network/fitPlace';
import { nodeIdAt } from './graphDrawing';

/** Tells which place of which block's face the pointer is on, from 0 to 1; undefined when it leaves. */
export function listenToFaces(
  svg: SVGSVGElement,
  point: (id: string | undefined, place: Point) => void,
): void {
  let inside = false;
  const leave = (): void => {
    if (inside) point(undefined, { x: 0, y: 0 });
    inside = false;
  };
  svg.addEventListener('pointermove', ({ target, clientX, clientY, buttons }) => {
    const face = target instanceof Element ? target.closest<SVGGElement>('.face') : null;
    const matrix = face?.getScreenCTM()?.inverse();
    const id = nodeIdAt(target);
    if (!matrix || id === undefined || buttons !== 0) {
      leave();
      return;
    }
    inside = true;
    point(id, new DOMPoint(clientX, clientY).matrixTransform(matrix));
  });
  svg.addEventListener('pointerleave', leave);
}
