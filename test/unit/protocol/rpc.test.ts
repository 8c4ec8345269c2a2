import { strict as assert } from 'node:assert';
import { getEventListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Exclusive } from '../../../src/protocol/exclusive';
import type { CallContext, Handlers, Message, Port } from '../../../src/protocol/rpc';
import { CancelledError, ClosedError, RemoteError, Rpc } from '../../../src/protocol/rpc';
import { waitUntil } from '../../support/waiting';

interface Served {
  double: { params: number; result: number; progress: never };
  fail: { params: undefined; result: never; progress: never };
  wait: { params: undefined; result: string; progress: number };
}
type Nothing = Record<string, never>;

/** Two ends in one process, delivering in later turns as real channels do. */
function channel(): [Port, Port] {
  const listeners: ((message: Message) => void)[] = [];
  const port = (own: number): Port => ({
    send: (message) => void setImmediate(() => listeners[1 - own]?.(structuredClone(message))),
    receive: (listener) => void (listeners[own] = listener),
  });
  return [port(0), port(1)];
}

function connect(wait: Handlers<Served>['wait']) {
  const [a, b] = channel();
  const server = new Rpc<Served, Nothing>(b, {
    double: (n) => n * 2,
    fail: () => {
      throw new TypeError('no such picture');
    },
    wait,
  });
  return { client: new Rpc<Nothing, Served>(a, {}), server };
}

const never = (_: undefined, { signal }: CallContext<number>): Promise<string> =>
  new Promise((_resolve, reject) =>
    signal.addEventListener('abort', () => reject(new Error('stopped'))),
  );

describe('a request', () => {
  it('ends in its result, whatever else is on the way', async () => {
    const { client } = connect(never);
    assert.deepEqual(await Promise.all([1, 2, 3].map((n) => client.call('double', n))), [2, 4, 6]);
  });

  it("ends in the other end's error, with its class and message", async () => {
    const { client } = connect(never);
    await assert.rejects(client.call('fail', undefined), (error) => {
      assert.ok(error instanceof RemoteError);
      assert.equal(error.remoteName, 'TypeError');
      assert.equal(error.message, 'no such picture');
      return true;
    });
  });

  it('ends in an error when the other end has no such method, inherited names included', async () => {
    const { client } = connect(never);
    for (const method of ['nothing', 'toString', 'constructor']) {
      await assert.rejects(client.call(method as 'fail', undefined), /unknown method/);
    }
  });

  it('reports progress in order, before its result', async () => {
    const { client } = connect(async (_, { report }) => {
      for (const value of [0.1, 0.5, 0.9]) {
        await delay(1);
        report(value);
      }
      return 'done';
    });
    const seen: number[] = [];
    assert.equal(
      await client.call('wait', undefined, { onProgress: (value) => seen.push(value) }),
      'done',
    );
    assert.deepEqual(seen, [0.1, 0.5, 0.9]);
  });

  it('ends at once when cancelled, and the other end hears of it', async () => {
    let heard = false;
    const { client } = connect((_, { signal }) => {
      signal.addEventListener('abort', () => (heard = true));
      return never(undefined, { signal, report: () => undefined });
    });
    const controller = new AbortController();
    const call = client.call('wait', undefined, { signal: controller.signal });
    setTimeout(() => controller.abort(), 5);
    await assert.rejects(call, CancelledError);
    await waitUntil('the other end hears of it', () => heard);
  });

  it('is not sent when it was cancelled before', async () => {
    const { client } = connect(never);
    await assert.rejects(client.call('double', 1, { signal: AbortSignal.abort() }), CancelledError);
  });

  it('leaves no listener on its signal, however it ends', async () => {
    const { client } = connect(never);
    const { signal } = new AbortController();
    await client.call('double', 1, { signal });
    await assert.rejects(client.call('fail', undefined, { signal }));
    assert.equal(getEventListeners(signal, 'abort').length, 0);
  });

  it('is rejected when the channel closes, and so are later ones', async () => {
    const { client } = connect(never);
    const call = client.call('wait', undefined);
    client.close('the engine was killed');
    await assert.rejects(
      call,
      (error) => error instanceof ClosedError && /was killed/.test(error.message),
    );
    await assert.rejects(client.call('double', 1), ClosedError);
  });

  it('is stopped when the end that works on it closes', async () => {
    let [began, heard] = [false, false];
    const { client, server } = connect((_, { signal }) => {
      began = true;
      signal.addEventListener('abort', () => (heard = true));
      return never(undefined, { signal, report: () => undefined });
    });
    client.call('wait', undefined).catch(() => undefined);
    await waitUntil('the other end works', () => began);
    server.close('gone');
    assert.equal(heard, true);
  });

  it('is rejected when the port cannot send', async () => {
    const broken: Port = {
      send: () => {
        throw new Error('EPIPE');
      },
      receive: () => undefined,
    };
    await assert.rejects(new Rpc<Nothing, Served>(broken, {}).call('double', 1), /EPIPE/);
  });

  it('carries typed arrays', async () => {
    interface Echo {
      echo: { params: Float32Array; result: Float32Array; progress: never };
    }
    const [a, b] = channel();
    new Rpc<Echo, Nothing>(b, { echo: (values) => values });
    const answer = await new Rpc<Nothing, Echo>(a, {}).call('echo', Float32Array.of(1.5, -2));
    assert.deepEqual(answer, Float32Array.of(1.5, -2));
  });
});

describe('exclusive work', () => {
  it('runs one after the other, in order, and goes on after a failure', async () => {
    const exclusive = new Exclusive();
    const events: string[] = [];
    const work =
      (name: string, fails = false) =>
      async (): Promise<void> => {
        events.push(`${name} starts`);
        await delay(3);
        events.push(`${name} ends`);
        if (fails) throw new Error(name);
      };
    const results = await Promise.allSettled([
      exclusive.run(work('a')),
      exclusive.run(work('b', true)),
      exclusive.run(work('c')),
    ]);
    assert.deepEqual(
      results.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled'],
    );
    assert.deepEqual(events, ['a starts', 'a ends', 'b starts', 'b ends', 'c starts', 'c ends']);
  });

  it('does not begin what was cancelled while it waited', async () => {
    const exclusive = new Exclusive();
    const controller = new AbortController();
    const first = exclusive.run(() => delay(5));
    let began = false;
    const second = exclusive.run(() => {
      began = true;
      return Promise.resolve();
    }, controller.signal);
    controller.abort();
    await first;
    await assert.rejects(second);
    assert.equal(began, false);
  });
});
