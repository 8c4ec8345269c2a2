import { strict as assert } from 'node:assert';
import { Documents } from '../../src/host/documents';
import type { FileRef } from '../../src/host/fileRef';
import { library } from '../../src/library/alexNets';
import type { PanelState, PictureNotice } from '../../src/protocol/panelProtocol';
import { WhatIf } from '../../src/host/change/whatIf';
import { Comparison } from '../../src/host/compare/comparison';
import { Pictures } from '../../src/host/pictures/pictures';
import { UpToDate } from '../../src/host/upToDate/upToDate';
import { PreprocessChoices } from '../../src/host/session/preprocessChoices';
import { Session } from '../../src/host/session/session';
import type { Task } from '../../src/host/task/task';
import { TaskQueue } from '../../src/host/task/taskQueue';
import type { WeightsChoice } from '../../src/host/weights/weightsChoice';
import { FakeEngine } from './fakeEngine';
import { memoryFile } from './memoryFile';

/** A window's host with a fake engine; `memory` is what the workspace keeps. */
export function openWindow(memory = new Map<string, unknown>(), missing = new Set<string>()) {
  const engine = new FakeEngine();
  const seen = { panel: true };
  const problems: (string | undefined)[] = [];
  const notifications: string[] = [];
  let now = 0;
  const tasks = new TaskQueue({
    get visible() {
      return seen.panel;
    },
    update: (change) => {
      if ('problem' in change) problems.push(change.problem);
    },
    showError: (sentence) => notifications.push(sentence),
    showProgress: (task) => notifications.push(task.title),
  });
  const session = new Session(engine, tasks, new Documents(library), 'keras');
  const preprocessing = new PreprocessChoices({
    documents: session.documents,
    kept: undefined,
    keep: () => undefined,
    warn: (why) => assert.fail(why),
  });
  const shown: string[] = [];
  const pictures: Pictures = new Pictures({
    session,
    tasks,
    preprocessing,
    onShown: (run) => {
      shown.push(`${run.name} ${run.documentId} ${run.weights}`);
      upToDate.noteShown();
      upToDate.follow();
      whatIf.check();
      void comparison.follow(run);
    },
    onChanged: () => upToDate.noteShown(),
    onUntrained: () => notifications.push('untrained'),
  });
  const comparison = new Comparison({
    runs: session.runs,
    tasks,
    onChange: () => upToDate.noteShown(),
  });
  const notices: (PictureNotice['kind'] | undefined)[] = [];
  const stamps = new Map<string, string>();
  const watched = new Map<string, () => void>();
  const upToDate: UpToDate = new UpToDate({
    session,
    tasks,
    pictures,
    comparison,
    engine,
    memory: {
      get: (key) => memory.get(key),
      update: (key, value) => void memory.set(key, value),
    },
    files: {
      at: (uri) => fileAt(uri, missing),
      stamp: ({ uri }) => Promise.resolve(stamps.has(uri) ? stamps.get(uri) : 'first'),
      watch: ({ name }, onEvent) => {
        watched.set(name, onEvent);
        return { dispose: () => void watched.delete(name) };
      },
    },
    isSeen: () => seen.panel,
    onNotice: (notice) => notices.push(notice?.kind),
    now: () => now,
  });
  session.onDidChange(() => upToDate.follow());
  const whatIfs: Partial<Pick<PanelState, 'whatIf' | 'changed'>>[] = [];
  const onChange = (change: (typeof whatIfs)[number]): void => void whatIfs.push(change);
  const whatIf: WhatIf = new WhatIf({ session, engine, tasks, pictures, upToDate, onChange });
  const load = (choice: WeightsChoice) =>
    tasks.ask(
      'loading weights',
      async (task: Task) => void (await session.loadWeights(choice, task)),
      { isWaitedFor: true },
    );
  const parts = { engine, seen, problems, notifications, session, pictures, comparison };
  const files = { stamps, watched };
  const pass = (milliseconds: number): void => void (now += milliseconds);
  return { ...parts, ...files, whatIf, whatIfs, tasks, shown, notices, upToDate, load, pass };
}

function fileAt(uri: string, missing: ReadonlySet<string>): FileRef {
  const file = memoryFile(uri.replace('memory:/', ''));
  if (!missing.has(file.name)) return file;
  return { ...file, size: () => Promise.reject(new Error(`${file.name} is not there any more`)) };
}

/** How many pictures the engine was asked to run. */
export const classifications = ({ asked }: FakeEngine): number =>
  asked.filter((one) => one.startsWith('classify')).length;
