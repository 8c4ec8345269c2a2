import assert from 'node:assert/strict';
import { alexNetIds, alexNets } from '../../../src/library/alexNets';
import { inputSize } from '../../../src/network/inputShape';
import { Sight } from '../../../src/network/sight';
import type { ExplanationMethod } from '../../../src/protocol/explanation';
import { colourOf } from '../../../src/webview/draw/colourMap';
import { cellRect, seenRect } from '../../../src/webview/draw/mapPlacement';
import { drawnMap, squareSide } from '../../../src/webview/explain/drawnMap';
import { reachFor, scalesOf } from '../../../src/webview/explain/knownAnswers';
import { explanationColours, reachOf, scaleStops } from '../../../src/webview/explain/mapScale';
import { lastConvolution, type Question } from '../../../src/webview/explain/question';
import {
  explanationName,
  explanationPicture,
  explanationTexts,
  explanationValues,
} from '../../../src/webview/export/explanationFiles';
import { explanationOf as explanation } from './explanations';
import { runOf } from './fixtures';

const cells = (count: number, value: (cell: number) => number): Float32Array =>
  Float32Array.from({ length: count }, (_, cell) => value(cell));

describe('where an explanation lies on the picture', () => {
  it('a layer’s cells lie around the middle of what they see, as far apart as they look', () => {
    for (const id of alexNetIds) {
      const { network } = alexNets[id];
      const sight = new Sight(network);
      const layer = lastConvolution(network)!;
      const { maps, placement } = drawnMap(
        explanation('gradCam', [13, 13], new Float32Array(169), layer),
        network,
        'squares',
      );
      assert.deepEqual([maps.rows, maps.columns], [13, 13]);
      const rect = cellRect(placement, 6, 6);
      const sees = sight.cellSees(layer, 6, 6)!;
      assert.deepEqual([rect.width, rect.height], [16, 16], id);
      // The middle cell is clipped at no border, or at both.
      const middle = (sees.columns.first + sees.columns.last + 1) / 2;
      assert.equal(rect.x + rect.width / 2, middle, `${id}: ${rect.x} + 8, sees ${middle}`);
      const next = cellRect(placement, 6, 7);
      assert.equal(next.x - rect.x, 16, id);
    }
  });

  it('torchvision’s cells begin at 15, Keras’ at 14, those of 227 pixels at 17', () => {
    const centres = { torchvision: 15, keras: 14, paper: 17, bvlc: 17, caffenet: 17 } as const;
    for (const id of alexNetIds) {
      const { network } = alexNets[id];
      const map = explanation('gradCam', [13, 13], new Float32Array(169), lastConvolution(network));
      const { x, width } = cellRect(drawnMap(map, network, 'squares').placement, 0, 0);
      // A pixel's middle is half a pixel past its edge.
      assert.ok(Math.abs(x + width / 2 - 0.5 - centres[id]) <= 0.5, `${id}: ${x + width / 2}`);
    }
  });

  it('pixels are summed over their channels, alone or over squares as large as a cell', () => {
    const { network } = alexNets.keras;
    const { width, height } = inputSize(network);
    const of = explanation(
      'gradientXInput',
      [height, width, 3],
      cells(width * height * 3, () => 1),
    );
    const alone = drawnMap(of, network, 'pixels');
    assert.deepEqual([alone.maps.rows, alone.maps.columns], [height, width]);
    assert.ok(alone.maps.data.every((value) => value === 3));
    const side = squareSide(network);
    assert.equal(side, 16);
    const squares = drawnMap(of, network, 'squares');
    assert.deepEqual([squares.maps.rows, squares.maps.columns], [14, 14]);
    assert.ok(squares.maps.data.every((value) => value === 3 * side * side));
    assert.deepEqual(cellRect(squares.placement, 1, 2), { x: 32, y: 16, width: 16, height: 16 });
    assert.equal(drawnMap(of, network, 'squares'), squares);
  });

  it('a square at the edge of 227 pixels is cut and sums what is in it', () => {
    const { network } = alexNets.bvlc;
    const of = explanation(
      'saliency',
      [227, 227, 3],
      cells(227 * 227 * 3, () => 1),
    );
    const { maps } = drawnMap(of, network, 'squares');
    assert.deepEqual([maps.rows, maps.columns], [15, 15]);
    assert.equal(maps.data.at(-1), 3 * 3 * 3);
    const total = maps.data.reduce((sum, value) => sum + value, 0);
    assert.equal(total, 227 * 227 * 3);
  });

  it('windows lie where they covered the picture', () => {
    const { network } = alexNets.keras;
    const { placement } = drawnMap(
      explanation('occlusion', [13, 13], new Float32Array(169)),
      network,
      'squares',
    );
    assert.deepEqual(seenRect(placement, 0, 0), { x: 0, y: 0, width: 32, height: 32 });
    assert.deepEqual(seenRect(placement, 12, 12), { x: 192, y: 192, width: 32, height: 32 });
    assert.deepEqual(cellRect(placement, 0, 1), { x: 24, y: 8, width: 16, height: 16 });
  });
});

describe('the colours of an explanation', () => {
  const alpha = (pixel: number): number => pixel >>> 24;

  it('have nothing at zero, and as much for as against at the same distance from it', () => {
    const table = explanationColours(0);
    assert.equal(colourOf(table, 0, 1), 0);
    for (const share of [0.1, 0.5, 1]) {
      const [plus, minus] = [colourOf(table, share, 1), colourOf(table, -share, 1)];
      assert.equal(alpha(plus), alpha(minus));
      assert.ok(Math.abs(alpha(plus) / 255 - share) < 0.01, `${share}: ${alpha(plus)}`);
      assert.notEqual(plus, minus);
    }
    assert.equal(alpha(colourOf(table, 7, 1)), 255);
    assert.equal(alpha(colourOf(table, NaN, 1)), 255);
  });

  it('have nothing below the threshold', () => {
    const table = explanationColours(0.5);
    assert.equal(alpha(colourOf(table, 0.4, 1)), 0);
    assert.equal(alpha(colourOf(table, -0.4, 1)), 0);
    assert.ok(alpha(colourOf(table, 0.6, 1)) > 0);
    assert.match(scaleStops(0.5).join(), /\/ 0\.000\) 50\./);
  });

  it('go as far as the strongest value, of single pixels as far as nearly all', () => {
    const values = cells(1000, (cell) => (cell === 7 ? -100 : cell / 1000));
    assert.equal(reachOf(values, { isOfPixels: false }), 100);
    assert.ok(reachOf(values, { isOfPixels: true }) < 1);
    assert.equal(reachOf(Float32Array.of(NaN, 2), { isOfPixels: false }), 2);
    assert.equal(reachOf(Float32Array.of(NaN), { isOfPixels: false }), 0);
    assert.equal(reachOf(new Float32Array(0), { isOfPixels: true }), 0);
  });

  it('are shared by all classes of a method, or by all maps in logits', () => {
    const { network } = alexNets.keras;
    const of = (method: ExplanationMethod, most: number, layer: string) =>
      explanation(method, [1, 1], Float32Array.of(most), layer);
    const all = [
      of('gradCam', 0.1, 'conv5'),
      of('gradCam', -0.4, 'conv5'),
      of('gradCam', 9, 'conv3'),
      of('layerCam', 5, 'conv5'),
      of('eigenCam', 70, 'conv5'),
    ];
    const scales = scalesOf(all, { network, layer: undefined, unit: undefined }, 'squares');
    assert.equal(reachFor(scales, 'gradCam', 'method'), Math.fround(0.4));
    assert.equal(reachFor(scales, 'gradCam', 'all'), 5);
    assert.equal(reachFor(scales, 'eigenCam', 'all'), 70);
    assert.equal(reachFor(scales, 'lrp', 'method'), 0);
  });
});

describe('an explanation in a file', () => {
  const { network } = alexNets.keras;
  const { width, height } = inputSize(network);
  const seen = { width, height, rgb: new Uint8Array(3 * width * height).fill(100) };
  const question: Question = {
    run: { ...runOf('keras', {}, 3), name: 'photos/golf ball.jpg', seen },
    ...{ network, target: 574, minus: 0, unit: undefined, method: 'gradCam', layer: undefined },
    settings: {},
  };
  const half = cells(169, (cell) => (cell < 84 ? -1 : 0));
  const explained = explanation('gradCam', [13, 13], half, 'conv5');
  const answer = {
    question,
    named: { target: 'golf ball', minus: 'tench' },
    explanation: explained,
    map: drawnMap(explained, network, 'squares'),
    reach: 2,
    other: undefined,
  };

  it('is called by what it answers', () => {
    assert.equal(explanationName(answer), 'golf-ball-why-golf-ball-not-tench-gradCam-conv5');
  });

  it('is a grey picture with the map over it, in the strength on screen', () => {
    const picture = explanationPicture(answer, { opacity: 0.5, threshold: 0 });
    assert.deepEqual([picture.width, picture.height], [4 * width, 4 * height]);
    const grey = 0xff646464;
    assert.equal(picture.pixels[0], grey);
    assert.equal(picture.pixels.at(-1), grey);
    const [x, y] = [400, 100];
    const pixel = picture.pixels[y * picture.width + x] ?? 0;
    // A quarter of the way from grey to the blue of the negative end.
    assert.ok(((pixel >>> 16) & 255) > 100 && (pixel & 255) < 100, pixel.toString(16));
    const none = explanationPicture(answer, { opacity: 0.5, threshold: 0.6 });
    assert.ok(none.pixels.every((each) => each === grey));
  });

  it('has its values with all that they follow from', () => {
    const { map, about } = explanationValues(answer);
    assert.equal(map, explained.map);
    const plain = JSON.parse(JSON.stringify(about)) as Record<string, unknown>;
    assert.deepEqual(plain['recipe'], JSON.parse(JSON.stringify(explained.recipe)));
    assert.deepEqual(
      [plain['class'], plain['andNot'], plain['unit']],
      ['golf ball', 'tench', 'logits'],
    );
    assert.deepEqual([plain['value'], plain['weights']], [8, 'random, seed 1']);
    assert.ok('cells' in plain && 'preprocess' in plain);
  });

  it('is a picture that says in words and in JSON what it is of', () => {
    const texts = explanationTexts(answer);
    assert.equal(
      texts['Description'],
      `Why golf ball and not tench? Grad-CAM of conv5, ${question.run.network}, random, seed 1, photos/golf ball.jpg`,
    );
    const { about } = explanationValues(answer);
    assert.deepEqual(JSON.parse(texts['alexnet-inspector']!), JSON.parse(JSON.stringify(about)));
  });
});
