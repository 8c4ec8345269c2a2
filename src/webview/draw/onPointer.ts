interface PointerHandlers {
  readonly move: (event: PointerEvent) => void;
  readonly leave: () => void;
}

/** Tells where a pointer goes; a picture that moves under a resting pointer is no move of the pointer. */
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
