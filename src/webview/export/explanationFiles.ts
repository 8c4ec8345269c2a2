import { layerFileName } from '../../protocol/exportName';
import type { HostMethods } from '../../protocol/panelProtocol';
import { paintMap } from '../draw/paintMap';
import { explanationColours } from '../explain/mapScale';
import { questionWords } from '../explain/explainWords';
import { methodWords, unitOf } from '../explain/methodWords';
import type { ShownAnswer } from '../explain/shownAnswer';
import type { ExplainLook } from '../state/explainLook';
import { enlarge, type Picture } from './png';

/** Of the network's input: its 224 pixels become 896. */
const factor = 4;

/** `golf-ball-why-golf-ball-gradCam-conv5`, without an end. */
export function explanationName({ question, named, explanation }: ShownAnswer): string {
  const { method, layer = '' } = explanation.recipe;
  const against = named.minus === undefined ? [] : ['not', named.minus];
  return layerFileName(question.run, 'why', named.target, ...against, method, layer);
}

/** What the network saw, in grey, with the map over it in the scale and strength on screen. */
export function explanationPicture(
  { question, map, reach }: ShownAnswer,
  { opacity, threshold }: Pick<ExplainLook, 'opacity' | 'threshold'>,
): Picture {
  const { seen } = question.run;
  const { width, height, rgb } = seen;
  const grey = Uint32Array.from({ length: width * height }, (_, pixel) => {
    const at = (channel: number): number => rgb[3 * pixel + channel] ?? 0;
    return Math.round(0.2126 * at(0) + 0.7152 * at(1) + 0.0722 * at(2));
  });
  const large = enlarge({ pixels: grey, width, height }, factor);
  const painted = paintMap(
    {
      maps: map.maps,
      channel: 0,
      placement: map.placement,
      reach,
      colours: explanationColours(threshold),
      smooth: false,
    },
    large,
  );
  const pixels = painted.map((over, pixel) => blended(large.pixels[pixel] ?? 0, over, opacity));
  return { ...large, pixels };
}

/** A colour of the map over a grey of the picture, opaque. */
function blended(grey: number, over: number, opacity: number): number {
  const share = ((over >>> 24) / 255) * opacity;
  const mix = (shift: number): number =>
    Math.round(grey + (((over >>> shift) & 255) - grey) * share) << shift;
  return ((255 << 24) | mix(16) | mix(8) | mix(0)) >>> 0;
}

/** The map itself and all that it follows from. */
export function explanationValues(answer: ShownAnswer): HostMethods['exportExplanation']['params'] {
  const { map } = answer.explanation;
  return { suggestedName: explanationName(answer), map, about: aboutExplanation(answer) };
}

/** What a picture of a map says of itself: a sentence, and all that the map follows from as JSON. */
export function explanationTexts(answer: ShownAnswer): Readonly<Record<string, string>> {
  const { question, named, explanation } = answer;
  const { method, layer } = explanation.recipe;
  const { network, weights, name } = question.run;
  const by = `${methodWords[method].title}${layer === undefined ? '' : ` of ${layer}`}`;
  return {
    Description: `${questionWords(named)} ${by}, ${network}, ${weights}, ${name}`,
    'alexnet-inspector': JSON.stringify(aboutExplanation(answer)),
  };
}

/** Network, weights, preparation, method, target and settings, and what came out besides the map. */
function aboutExplanation({
  question,
  named,
  explanation,
  map,
  other,
}: ShownAnswer): Readonly<Record<string, unknown>> {
  const { faithfulness, recipe, value, baseline, completeness, milliseconds } = explanation;
  const { name, documentId, network, weights, trained, preprocess, backend, changes } =
    question.run;
  const curve = ({ values: list, probabilities, ...areas }: Curve): object => ({
    ...areas,
    values: [...list],
    ...(probabilities && { probabilities: [...probabilities] }),
  });
  return {
    picture: name,
    ...{ documentId, network, weights, trained, preprocess, backend },
    ...(changes && { changes }),
    ...(question.unit ? { about: named.target } : { class: named.target, andNot: named.minus }),
    unit: unitOf(recipe.method, named.kind),
    ...(other && { baselinePicture: other.name }),
    ...{ recipe, value, baseline, completeness, milliseconds },
    ...(faithfulness && {
      faithfulness: {
        deletion: curve(faithfulness.deletion),
        insertion: curve(faithfulness.insertion),
      },
    }),
    // In pixels of the network's input: where cell 0 looks, how much of it, and how far on the next one does.
    ...(recipe.layer !== undefined && { cells: map.placement.field }),
  };
}

type Curve = NonNullable<ShownAnswer['explanation']['faithfulness']>['deletion'];
