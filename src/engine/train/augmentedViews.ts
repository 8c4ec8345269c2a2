import { readFile } from 'node:fs/promises';
import { decodePicture } from '../../imaging/decodePicture';
import { preprocess } from '../../imaging/preprocess';
import type { RgbPicture } from '../../protocol/runMaps';
import type { ViewsToDraw } from '../../protocol/trainerProtocol';
import { makePreview } from '../run/pictureViews';
import { yieldToEventLoop } from '../runtime/pacing';
import { drawView } from './augmentation';
import { Draws } from './draws';
import { Preparing, storedAs } from './prepare';

/** The longer side of a view, in pixels. */
const viewSide = 160;

/** Each picture as it is classified, then as a training would vary it. Broken ones are left out. */
export async function augmentedViews(
  { paths, preprocess: settings, input, augmentation, seed, views }: ViewsToDraw,
  wasmDirectory: string,
): Promise<readonly (readonly RgbPicture[])[]> {
  const preparing = new Preparing(settings, input);
  const as = storedAs(settings, input);
  const rows: RgbPicture[][] = [];
  for (const [picture, path] of paths.entries()) {
    await yieldToEventLoop();
    const decoded = await readFile(path)
      .then((bytes) => decodePicture(bytes, wasmDirectory))
      .catch(() => undefined);
    if (!decoded) continue;
    const { seen } = preprocess(decoded, { ...settings, fit: as.fit }, as.height, as.width);
    const drawn = Array.from({ length: views }, (_, view) =>
      drawView(augmentation, new Draws(seed, 'view', view, picture)),
    );
    rows.push(
      [undefined, ...drawn].map((view) => makePreview(preparing.picture(seen, view), viewSide)),
    );
  }
  return rows;
}
