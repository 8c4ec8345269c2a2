import { strict as assert } from 'node:assert';
import { ResourceCache } from '../../../src/webview/state/resourceCache';

const turn = (): Promise<void> => new Promise((done) => setImmediate(done));

describe('what the page asks of the host', () => {
  it('is asked once, is on its way, then there, and the page is drawn anew', async () => {
    let drawn = 0;
    let asked = 0;
    const cache = new ResourceCache<number>(4, () => drawn++);
    const load = (): Promise<number> => Promise.resolve(++asked);
    assert.deepEqual(cache.get('a', load), { status: 'loading' });
    assert.equal(cache.get('a', load), cache.get('a', load));
    await turn();
    assert.deepEqual(cache.get('a', load), { status: 'ready', value: 1 });
    assert.equal(cache.get('a', load), cache.get('a', load));
    assert.deepEqual([asked, drawn], [1, 1]);
  });

  it('says why it was refused, and is asked for again when the person wants it', async () => {
    let refuse = true;
    const cache = new ResourceCache<number>(4, () => undefined);
    const load = (): Promise<number> =>
      refuse ? Promise.reject(new Error('run 1 is not kept')) : Promise.resolve(7);
    cache.get('a', load);
    await turn();
    assert.deepEqual(cache.get('a', load), { status: 'failed', why: 'run 1 is not kept' });
    refuse = false;
    cache.retry();
    cache.get('a', load);
    await turn();
    assert.deepEqual(cache.get('a', load), { status: 'ready', value: 7 });
  });

  it('answers one who cannot wait, and keeps what it was told', async () => {
    let asked = 0;
    const cache = new ResourceCache<number>(4, () => undefined);
    const load = (): Promise<number> => Promise.resolve(++asked);
    assert.equal(await cache.now('a', load), 1);
    assert.equal(await cache.now('a', load), 1);
    assert.deepEqual(cache.get('a', load), { status: 'ready', value: 1 });
    const refused = (): Promise<number> => Promise.reject(new Error('not kept'));
    await assert.rejects(cache.now('b', refused), /not kept/);
    assert.deepEqual(cache.get('b', load), { status: 'loading' });
    assert.equal(await cache.now('b', () => Promise.resolve(9)), 9);
    await turn();
    assert.deepEqual(cache.get('b', load), { status: 'ready', value: 2 });
  });

  it('is let go when it was not looked at for longest', async () => {
    const asked: string[] = [];
    const cache = new ResourceCache<string>(2, () => undefined);
    const get = (key: string): unknown =>
      cache.get(key, () => {
        asked.push(key);
        return Promise.resolve(key);
      });
    get('a');
    get('b');
    await turn();
    get('a');
    get('c');
    await turn();
    get('a');
    get('b');
    assert.deepEqual(asked, ['a', 'b', 'c', 'b']);
  });
});
