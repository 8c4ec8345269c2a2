import type { Memento, StatusBarItem } from 'vscode';
import { MarkdownString, StatusBarAlignment, window } from 'vscode';
import type { EngineState } from '../../protocol/panelProtocol';
import type { EngineClient } from '../../host/engine/engineClient';
import type { Session } from '../../host/session/session';
import { inBrief, type InBrief } from '../../host/sidebar/inBrief';
import { unawaited } from '../say/unawaited';

interface StatusItemOptions {
  readonly session: Pick<Session, 'document' | 'weights'>;
  readonly engine: Pick<EngineClient, 'state'>;
  readonly workspaceState: Memento;
}

/** Whether the extension was used in a workspace: nobody else is to find it in the status bar. */
const usedKey = 'alexnet.used';

/** Beside what else is about the editor, not in front of it. */
const priority = 10;

const icons: Readonly<Record<EngineState['status'], string>> = {
  stopped: 'type-hierarchy',
  starting: 'loading~spin',
  ready: 'type-hierarchy',
  failed: 'warning',
};

const links = ['alexnet.selectVariant', 'alexnet.chooseWeights', 'alexnet.showLog'] as const;

/** Network, weights and engine in the status bar; a click opens the panel. */
export class StatusItem {
  private readonly item: StatusBarItem;

  constructor(private readonly options: StatusItemOptions) {
    this.item = window.createStatusBarItem('alexnet.status', StatusBarAlignment.Right, priority);
    this.item.name = 'AlexNet';
    this.item.command = 'alexnet.showArchitecture';
    if (options.workspaceState.get(usedKey) === true) this.item.show();
    this.refresh();
  }

  /** A person uses the extension in this workspace: the item is there from now on. */
  used(): void {
    const { workspaceState } = this.options;
    if (workspaceState.get(usedKey) === true) return;
    unawaited(workspaceState.update(usedKey, true));
    this.item.show();
  }

  refresh(): void {
    const { session, engine } = this.options;
    const { title } = session.document;
    const brief = inBrief({ title, weights: session.weights, engine: engine.state });
    const { status, text, network, weights, engine: runs } = brief;
    this.item.text = `$(${icons[status]}) ${text}`;
    this.item.tooltip = tooltipOf(brief);
    const label = `AlexNet: network ${network}, weights ${weights}, engine ${runs}. Opens the panel`;
    this.item.accessibilityInformation = { label, role: 'button' };
  }

  dispose(): void {
    this.item.dispose();
  }
}

function tooltipOf({ network, weights, engine }: InBrief): MarkdownString {
  const tooltip = new MarkdownString();
  tooltip.isTrusted = { enabledCommands: links };
  for (const [name, value] of Object.entries({
    Network: network,
    Weights: weights,
    Engine: engine,
  })) {
    tooltip.appendMarkdown(`**${name}** `).appendText(value).appendMarkdown('\n\n');
  }
  const [select, choose, log] = links;
  return tooltip.appendMarkdown(
    `[Select network](command:${select}) · [Choose weights](command:${choose}) · [Show log](command:${log})`,
  );
}
