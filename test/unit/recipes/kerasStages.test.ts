import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { keras } from '../../../src/library/keras';
import { defaultStages } from '../../../src/recipes/defaultStages';
import { asKerasStage } from '../../support/kerasRecipe';

describe('what the recipe by Keras reads', () => {
  it('is the recipe of the default weights', () => {
    const stages: unknown = JSON.parse(readFileSync('python/stages.json', 'utf8'));
    const own = defaultStages([0, 217, 482]).map(asKerasStage);
    // Text: a checkpoint belongs to a plan whose keys have this order.
    assert.equal(JSON.stringify(stages), JSON.stringify(own));
  });

  it("has the WordNet ids of ImageNet's classes in their order", () => {
    const ids = readFileSync('python/synsets.txt', 'utf8').trim().split('\n');
    assert.deepEqual(ids, keras.labels.synsets);
  });
});
