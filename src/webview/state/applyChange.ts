import type { PanelChange, PanelState } from '../../protocol/panelProtocol';

const cleared = ['run', 'pictures', 'comparison', 'work', 'problem'] as const;

/** The state with the parts that changed; a part that is null is cleared. */
export function applyChange(state: PanelState, change: PanelChange): PanelState {
  const next: Record<string, unknown> = { ...state, ...change };
  for (const part of cleared) next[part] ??= undefined;
  return next as unknown as PanelState;
}
