import { setTimeout as delay } from 'node:timers/promises';
import { commands, ProgressLocation, window } from 'vscode';

const walkthrough = 'alexnet-inspector.alexnet-inspector#getStarted';
/** A step that nobody sees: VS Code can be asked for it without changing what is ticked off. */
const probedStep = `${walkthrough}#known`;
const probe = 'welcome.markStepIncomplete';
const pollMs = 50;
/** VS Code asks a server about each walkthrough first, and goes on without an answer after 5 s. */
const patienceMs = 10_000;

/**
 * Opens the walkthrough once VS Code knows of it: it reads those of extensions when anything first asks for one, and
 * until it has read them it opens its own in their place, for good.
 */
export async function openWalkthrough(): Promise<void> {
  const title = 'AlexNet: Opening Get Started…';
  await window.withProgress({ location: ProgressLocation.Window, title }, waitUntilKnown);
  await commands.executeCommand('workbench.action.openWalkthrough', walkthrough, false);
}

async function waitUntilKnown(): Promise<void> {
  if (!(await commands.getCommands()).includes(probe)) return;
  const end = performance.now() + patienceMs;
  while (!(await isKnown()) && performance.now() < end) await delay(pollMs);
}

/** The first question makes VS Code read the walkthroughs. */
async function isKnown(): Promise<boolean> {
  try {
    await commands.executeCommand(probe, probedStep);
    return true;
  } catch {
    // It throws for a step that it does not know.
    return false;
  }
}
