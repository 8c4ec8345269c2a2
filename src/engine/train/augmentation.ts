import type { Augmentation } from '../../protocol/training';
import type { Draws } from './draws';

/** What of a picture is seen and how; the part in shares of its sides. */
export interface View {
  readonly part: { left: number; top: number; right: number; bottom: number };
  readonly flipped: boolean;
  /** Factors; undefined where colours stay. */
  readonly colour: Colour | undefined;
}

export interface Colour {
  readonly brightness: number;
  readonly contrast: number;
  readonly saturation: number;
}

/** Draws how a picture is seen this time; a crop is as torchvision's RandomResizedCrop, cut at the picture's sides. */
export function drawView({ crop, flip, colour }: Augmentation, draws: Draws): View {
  // The same numbers are drawn whatever is varied, so that a setting changes nothing but itself.
  const [area, aspect, across, down] = [draws.next(), draws.next(), draws.next(), draws.next()];
  const isFlipped = draws.next() < 0.5;
  const factor = (): number => draws.between(1 - colour, 1 + colour);
  const factors = { brightness: factor(), contrast: factor(), saturation: factor() };
  const flipped = flip && isFlipped;
  const seen = colour === 0 ? undefined : factors;
  if (!crop) return { part: whole, flipped, colour: seen };
  const share = crop.area[0] + (crop.area[1] - crop.area[0]) * area;
  const [narrow, wide] = [Math.log(crop.aspect[0]), Math.log(crop.aspect[1])];
  const ratio = Math.exp(narrow + (wide - narrow) * aspect);
  const width = Math.min(1, Math.sqrt(share * ratio));
  const height = Math.min(1, Math.sqrt(share / ratio));
  const [left, top] = [(1 - width) * across, (1 - height) * down];
  const part = { left, top, right: left + width, bottom: top + height };
  return { part, flipped, colour: seen };
}

const whole: View['part'] = { left: 0, top: 0, right: 1, bottom: 1 };
