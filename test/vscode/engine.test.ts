import { strict as assert } from 'node:assert';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { AlexNetInspectorApi } from '../../alexnet-inspector';
import { engineProcesses } from '../support/engineProcesses';
import { extensionApi, picture } from '../support/extensionApi';
import { writeSlowPicture } from '../support/slowPicture';
import { eventually, waitUntil } from '../support/waiting';

const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('alexnet');

describe("the engine's process", () => {
  let api: AlexNetInspectorApi;

  before(async () => {
    api = await extensionApi();
    await api.useVariant('keras');
    await api.classify(picture('small.png'));
  });

  it('is one, whatever is asked at once', async () => {
    await Promise.all([api.engine(), api.classify(picture('small.png')), api.engine()]);
    assert.equal(engineProcesses().length, 1);
  });

  it('killed in the middle of a run: the error says so, and the next picture works', async () => {
    const slow = await writeSlowPicture();
    // A kill before the picture has reached the engine meets no run: the next comes later.
    const { pid, error } = await eventually('a kill in the middle of a run', async (patience) => {
      await api.engine();
      const [running] = engineProcesses();
      const run = api.classify(slow).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      await delay(0.03 * patience);
      process.kill(running!, 'SIGKILL');
      const ended = await run;
      assert.ok(ended instanceof Error, 'the picture was classified');
      return { pid: running, error: ended };
    });
    assert.match(error.message, /the engine was killed \(SIGKILL\)/);
    await vscode.workspace.fs.delete(slow);
    assert.equal((await api.classify(picture('rgb.png'))).logits.length, 1000);
    assert.equal(engineProcesses().length, 1);
    assert.notEqual(engineProcesses()[0], pid);
  });

  it('killed while it rests: what it held is said to be gone, and the next picture works', async () => {
    const { runId } = await api.classify(picture('small.png'));
    process.kill(engineProcesses()[0]!, 'SIGKILL');
    await waitUntil('the end of the engine', () => engineProcesses().length === 0);
    await assert.rejects(
      api.activation(runId, 'conv1'),
      /is not kept: the engine was stopped since|the engine was killed/,
    );
    assert.equal((await api.classify(picture('small.png'))).logits.length, 1000);
  });

  it('does not grow with ten classifications in a row', async () => {
    const listeners = (): number =>
      process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0);
    await api.classify(picture('small.png'));
    const before = { processes: engineProcesses(), listeners: listeners() };
    for (let i = 0; i < 10; i++) await api.classify(picture(i % 2 ? 'rgb.png' : 'rgb-420.jpg'));
    assert.deepEqual({ processes: engineProcesses(), listeners: listeners() }, before);
  });

  it('ends when it has rested for alexnet.engine.idleMinutes, and starts again by itself', async () => {
    await settings().update('engine.idleMinutes', 0.05, vscode.ConfigurationTarget.Workspace);
    try {
      await api.classify(picture('small.png'));
      await waitUntil('the end of the idle engine', () => engineProcesses().length === 0);
      assert.equal((await api.classify(picture('small.png'))).logits.length, 1000);
    } finally {
      await settings().update(
        'engine.idleMinutes',
        undefined,
        vscode.ConfigurationTarget.Workspace,
      );
    }
  });

  it('runs on the backend that is asked for', async () => {
    await settings().update('engine.backend', 'cpu', vscode.ConfigurationTarget.Workspace);
    try {
      assert.equal((await api.engine()).backend, 'cpu');
    } finally {
      await settings().update('engine.backend', undefined, vscode.ConfigurationTarget.Workspace);
    }
    assert.notEqual((await api.engine()).backend, 'cpu');
  });

  it('is replaced on command', async () => {
    await api.engine();
    const [pid] = engineProcesses();
    await vscode.commands.executeCommand('alexnet.restartEngine');
    await waitUntil('the end of the engine', () => !engineProcesses().includes(pid!));
    assert.equal((await api.classify(picture('small.png'))).logits.length, 1000);
  });
});
