import { commands } from 'vscode';
import type { CommandKeys } from '../../host/commandKeys';
import { unawaited } from './unawaited';

/** Tells VS Code what commands are offered by; each key once for each change. */
export class ContextKeys {
  private readonly known = new Map<string, unknown>();

  /** Sets one key to what it is told. */
  follow<K extends keyof CommandKeys>(key: K): (value: CommandKeys[K]) => void {
    return (value) => this.set({ [key]: value });
  }

  set(keys: Partial<CommandKeys>): void {
    for (const [key, value] of Object.entries(keys)) {
      if (this.known.get(key) === value) continue;
      this.known.set(key, value);
      unawaited(commands.executeCommand('setContext', key, value));
    }
  }
}
