import { strict as assert } from 'node:assert';
import { drawView } from '../../../../src/engine/train/augmentation';
import { Draws } from '../../../../src/engine/train/draws';
import { Preparing, storedAs } from '../../../../src/engine/train/prepare';
import { preprocess } from '../../../../src/imaging/preprocess';
import {
  caffeImageNet,
  stretchToUnit,
  torchvisionImageNet,
} from '../../../../src/network/preprocess/preprocess';

const whole = { left: 0, top: 0, right: 1, bottom: 1 };
const picture = (width: number, height: number) => ({
  width,
  height,
  rgb: Uint8Array.from({ length: width * height * 3 }, (_, index) => (index * 73) % 256),
});

describe('draws', () => {
  it('depend on their purpose alone, and come in every order', () => {
    const order = [...new Draws(1, 'order', 2).order(50)];
    assert.deepEqual(order, [...new Draws(1, 'order', 2).order(50)]);
    assert.notDeepEqual(order, [...new Draws(1, 'order', 3).order(50)]);
    assert.deepEqual(
      [...order].sort((a, b) => a - b),
      Array.from({ length: 50 }, (_, index) => index),
    );
  });

  it('are even from 0 to below 1', () => {
    const draws = new Draws('even');
    const counts = new Array<number>(10).fill(0);
    for (let i = 0; i < 10_000; i++) counts[Math.floor(draws.next() * 10)]!++;
    // Four standard deviations of a binomial.
    for (const count of counts) assert.ok(Math.abs(count - 1000) < 120, counts.join(' '));
  });
});

describe('a view of a picture in training', () => {
  it('is the picture where nothing is varied', () => {
    const view = drawView({ flip: false, colour: 0 }, new Draws(1));
    assert.deepEqual(view, { part: whole, flipped: false, colour: undefined });
  });

  it('is a part of its area and aspect, inside it', () => {
    const crop = { area: [0.25, 0.25], aspect: [4, 4] } as const;
    for (let seed = 0; seed < 50; seed++) {
      const { part } = drawView({ crop, flip: true, colour: 0 }, new Draws(seed));
      // √(0.25 · 4) = 1 wide, √(0.25 / 4) = 0.25 high.
      assert.equal(part.right - part.left, 1);
      assert.ok(Math.abs(part.bottom - part.top - 0.25) < 1e-12);
      assert.ok(part.top >= 0 && part.bottom <= 1);
    }
  });

  it('is mirrored half of the time and changes colours within limits', () => {
    const views = Array.from({ length: 200 }, (_, seed) =>
      drawView({ flip: true, colour: 0.3 }, new Draws(seed)),
    );
    const mirrored = views.filter(({ flipped }) => flipped).length;
    assert.ok(mirrored > 70 && mirrored < 130, `${mirrored} of 200`);
    for (const { colour } of views) {
      for (const factor of Object.values(colour!)) assert.ok(factor >= 0.7 && factor < 1.3);
    }
  });
});

describe('a picture prepared for training', () => {
  const input = { width: 12, height: 10 };

  for (const [name, settings, source] of [
    ['stretched', stretchToUnit, picture(30, 21)],
    [
      'its middle of a square',
      { ...torchvisionImageNet, fit: { mode: 'crop', shortSide: 15 } },
      picture(15, 15),
    ],
    [
      'its middle, blue first',
      { ...caffeImageNet, fit: { mode: 'warp', size: 14 } },
      picture(31, 20),
    ],
  ] as const) {
    it(`is as at inference without a view: ${name}`, () => {
      const expected = preprocess(source, settings, input.height, input.width).tensor;
      const as = storedAs(settings, input);
      const { seen } = preprocess(source, { ...settings, fit: as.fit }, as.height, as.width);
      const preparing = new Preparing(settings, input);
      const target = new Float32Array(preparing.length);
      preparing.write(seen, undefined, target);
      assert.deepEqual(target, expected);
    });
  }

  const write = (view: Parameters<Preparing['write']>[1]): Float32Array => {
    const settings = { ...stretchToUnit, scale: 1 };
    const preparing = new Preparing(settings, { width: 2, height: 1 });
    const target = new Float32Array(preparing.length);
    const rgb = Uint8Array.from([200, 100, 50, 40, 80, 120]);
    preparing.write({ width: 2, height: 1, rgb }, view, target);
    return target;
  };

  it('is mirrored', () => {
    const view = { part: whole, flipped: true, colour: undefined };
    assert.deepEqual([...write(view)], [40, 80, 120, 200, 100, 50]);
  });

  it('is brighter, has less contrast, has no colour, by hand', () => {
    const colour = (factors: object) => {
      const none = { brightness: 1, contrast: 1, saturation: 1 };
      return [...write({ part: whole, flipped: false, colour: { ...none, ...factors } })];
    };
    assert.deepEqual(colour({ brightness: 1.5 }), [255, 150, 75, 60, 120, 180]);
    // Greys: 0.299 · 200 + 0.587 · 100 + 0.114 · 50 = 124.2, and 72.6; their mean is 98.4.
    assert.deepEqual(colour({ contrast: 0.5 }), [149, 99, 74, 69, 89, 109]);
    assert.deepEqual(colour({ saturation: 0 }), [124, 124, 124, 73, 73, 73]);
  });
});
