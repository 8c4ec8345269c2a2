import { documentFileName, layerFileName } from '../../protocol/exportName';
import type { PageDrawing } from '../../protocol/pageDrawing';
import type { Model } from '../state/model';
import { shownAnswer } from '../explain/shownAnswer';
import { drawPicture, type DrawContext, type LayerDrawing } from './drawPicture';
import {
  explanationName,
  explanationPicture,
  explanationTexts,
  explanationValues,
} from './explanationFiles';
import { pngBytes } from './png';
import { withTexts } from './pngText';
import type { Export, Tell } from '../state/actions';

export interface ExportContext extends DrawContext {
  readonly tell: Tell;
}

/** Draws what the host cannot, and hands the rest to it; the host asks where to. */
export async function exportAs(what: Export, context: ExportContext): Promise<void> {
  const { model, tell } = context;
  const { run } = model;
  if (what.kind === 'table') {
    tell('exportTable');
  } else if (what.kind === 'network') {
    tell('exportNetwork');
  } else if (what.kind === 'code') {
    tell('exportCode', { framework: what.framework });
  } else if (what.kind === 'explanation') {
    await exportExplanation(what.as, context);
  } else if (what.kind === 'values') {
    const { layer, channel } = what;
    if (!run) throw new Error(`${layer} has not run; classify a picture first`);
    const { runId } = run;
    tell('exportActivation', { runId, layer, ...(channel !== undefined && { channel }) });
  } else {
    const bytes = await drawPicture(what, context);
    tell('saveFile', { suggestedName: fileName(what, model), bytes });
  }
}

async function exportExplanation(
  as: 'picture' | 'values',
  { model, tell }: ExportContext,
): Promise<void> {
  const answer = shownAnswer(model);
  if (!answer) throw new Error('there is no explanation yet; wait until it is there');
  if (as === 'values') {
    tell('exportExplanation', explanationValues(answer));
    return;
  }
  const png = await pngBytes(explanationPicture(answer, model.view.explain));
  const bytes = withTexts(png, explanationTexts(answer));
  tell('saveFile', { suggestedName: `${explanationName(answer)}.png`, bytes });
}

function fileName(what: PageDrawing, { shown, run, view }: Model): string {
  if (what.kind === 'graph') return `${documentFileName(shown.document)}.${what.format}`;
  return `${layerFileName({ name: run?.name ?? '' }, what.layer, ...nameParts(what, view))}.png`;
}

function nameParts(
  what: LayerDrawing,
  { heat }: Pick<Model['view'], 'heat'>,
): readonly (string | number)[] {
  switch (what.kind) {
    case 'map':
      return [heat];
    case 'sheet':
      return ['channels'];
    case 'channel':
      return ['channel', what.channel];
  }
}
