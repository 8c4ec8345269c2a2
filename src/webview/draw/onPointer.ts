interface PointerHandlers {
  readonly move: (event: PointerEvent) => void;
  readonly leave: () => void;
}

/** Reports pointer moves, ignoring the events that a picture moving under a resting pointer causes. */
export function onPointer(target: HTMLElement, { move, leave }: PointerHandlers): void {
  let last = { x: NaN, y: NaN };
  let inside = false;
  target.addEventListener('pointermove', (event) => {
    const { clientX: x, clientY: y } = event;
    if (x === last.x && y === last.y) return;
    last = { x, y };
    inside = true;
    move(event);
  });
  target.addEventListener('pointerleave', () => {
    if (inside) leave();
    inside = false;
  });
}
