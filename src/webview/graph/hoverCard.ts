import { element } from '../draw/element';
import { placeCard, type CardPlace } from './layout/placeCard';
import { layerNamed } from '../../network/network';
import { blockFacts, kindWords, problemNotes, reasonNotes } from '../layers/layerFacts';
import type { GraphNode } from './layout/graphNodes';
import { factList } from '../draw/factList';
import { factsOf, layerSummary, type Model } from '../state/model';

/** Long enough to move the pointer from the block onto the card. */
const leaveMilliseconds = 220;
/** Short enough to feel at once, long enough not to flicker on the way across. */
const enterMilliseconds = 90;
const cardId = 'layer-card';

/** The card beside a block. It stays while the pointer is on it and goes with Esc (WCAG 1.4.13). */
export class HoverCard {
  readonly element = element('div', { id: cardId, class: 'card', role: 'tooltip', hidden: true });
  private timer: ReturnType<typeof setTimeout> | undefined;
  private owner: Element | undefined;

  constructor() {
    this.element.addEventListener('pointerenter', () => clearTimeout(this.timer));
    this.element.addEventListener('pointerleave', () => this.hideSoon());
  }

  get visible(): boolean {
    return !this.element.hidden;
  }

  /** The card describes its owner while it is shown. Rectangles are in the window's pixels. */
  show(content: readonly HTMLElement[], owner: Element, place: Omit<CardPlace, 'card'>): void {
    this.hide();
    this.owner = owner;
    owner.setAttribute('aria-describedby', cardId);
    const card = this.element;
    card.replaceChildren(...content);
    card.hidden = false;
    card.style.maxHeight = `${place.pane.height}px`;
    const { x, y } = placeCard({ ...place, card: card.getBoundingClientRect() });
    card.style.left = `${Math.round(x)}px`;
    card.style.top = `${Math.round(y)}px`;
  }

  soon(show: () => void): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(show, enterMilliseconds);
  }

  hideSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.hide(), leaveMilliseconds);
  }

  hide(): void {
    clearTimeout(this.timer);
    this.element.hidden = true;
    this.owner?.removeAttribute('aria-describedby');
  }
}

/** The card goes when the pointer does: nothing in it can be pointed at. */
const plain = { plain: true } as const;

/** What the hover card says of a block. */
export function cardContent(model: Model, node: GraphNode): readonly HTMLElement[] {
  const { document, summary: network } = model.shown;
  if (node.folded) {
    const inside = network.layers.filter(({ name }) => node.layers.includes(name));
    return [title(node.id, 'folded'), factList(blockFacts(inside, network.totals), plain)];
  }
  const unresolved = model.shown.unresolved.find(({ name }) => name === node.id);
  if (unresolved) return [title(node.id, unresolved.title), ...problemNotes(unresolved)];
  const summary = layerSummary(model, node.id);
  if (!summary) return [];
  return [
    title(node.id, kindWords(layerNamed(document.network, node.id))),
    factList(factsOf(model, summary), plain),
    ...reasonNotes(document.reasons[node.id]),
  ];
}

function title(name: string, kind: string): HTMLElement {
  return element('p', { class: 'card-title' }, element('strong', {}, name), ` ${kind}`);
}
