import { strict as assert } from 'node:assert';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { AlexNetInspectorApi } from '../../alexnet-inspector';
import { engineProcesses } from '../support/engineProcesses';
import { extensionApi, picture } from '../support/extensionApi';
import { atMost, waitUntil } from '../support/waiting';

/** Longer than an engine takes to be forked, had one been asked for. */
const quietMs = 1000;

const engineRuns = (): boolean => engineProcesses().length > 0;

describe('warming up', () => {
  let api: AlexNetInspectorApi;

  before(async () => {
    api = await extensionApi();
    for (const variant of ['torchvision', 'keras'] as const) {
      await api.useVariant(variant);
      await api.loadWeights('random');
    }
  });

  beforeEach(async () => {
    await api.useVariant('keras');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('alexnet.restartEngine');
  });

  it('does not begin by itself', async () => {
    await delay(atMost(quietMs));
    assert.deepEqual(engineProcesses(), []);
  });

  it('begins when the panel is shown, and a picture then runs in the same process', async () => {
    await api.showArchitecture();
    await waitUntil('an engine', engineRuns);
    const processes = engineProcesses();
    assert.equal(processes.length, 1);
    const run = await api.classify(picture('small.png'));
    assert.equal(run.logits.length, 1000);
    assert.deepEqual(engineProcesses(), processes);
  });

  it('is joined by a picture that is asked for at once', async () => {
    await api.showArchitecture();
    const run = await api.classify(picture('small.png'));
    assert.equal(run.logits.length, 1000);
    assert.equal(engineProcesses().length, 1);
  });

  it('is given up for another variant, in its middle and at its end', async () => {
    for (const wait of [300, 900]) {
      await vscode.commands.executeCommand('alexnet.restartEngine');
      await api.showArchitecture();
      await delay(wait);
      await api.useVariant('torchvision');
      const run = await api.classify(picture('small.png'));
      assert.equal(run.layers[0]?.outputShape.join(), '55,55,64');
      await api.useVariant('keras');
      assert.equal((await api.classify(picture('small.png'))).logits.length, 1000);
      assert.equal(engineProcesses().length, 1);
    }
  });

  it('survives a restart of the engine in its middle', async () => {
    await api.showArchitecture();
    await vscode.commands.executeCommand('alexnet.restartEngine');
    assert.equal((await api.classify(picture('small.png'))).logits.length, 1000);
    assert.equal(engineProcesses().length, 1);
  });

  it('lets the engine rest', async () => {
    const settings = vscode.workspace.getConfiguration('alexnet');
    await settings.update('engine.idleMinutes', 0.05, vscode.ConfigurationTarget.Workspace);
    try {
      await api.showArchitecture();
      await waitUntil('an engine', engineRuns);
      await waitUntil('the end of the idle engine', () => !engineRuns());
    } finally {
      await settings.update('engine.idleMinutes', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });
});
