import { element } from '../draw/element';
import type { Rect } from '../draw/rect';

/** Puts one frame for each rectangle, in parts of the box from 0 to 1; frames that are there are moved. */
export function placeMarks(box: HTMLElement, rects: readonly Rect[]): void {
  while (box.children.length > rects.length) box.lastElementChild?.remove();
  while (box.children.length < rects.length) box.append(element('div', { class: 'probe-frame' }));
  rects.forEach((rect, index) => {
    const frame = box.children[index];
    if (!(frame instanceof HTMLElement)) return;
    frame.style.left = `${100 * rect.x}%`;
    frame.style.top = `${100 * rect.y}%`;
    frame.style.width = `${100 * rect.width}%`;
    frame.style.height = `${100 * rect.height}%`;
  });
}
