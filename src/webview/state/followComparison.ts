import type { PanelComparison } from '../../protocol/panelProtocol';
import type { ViewState } from './viewState';

/** A comparison that has begun takes the middle, once; one that has ended gives it back. */
export function followComparison(
  { compared, view }: ViewState,
  comparison: PanelComparison | undefined,
): Partial<ViewState> {
  if (compared === comparison?.begun) return {};
  if (comparison) return { compared: comparison.begun, view: 'compare' };
  return { compared: undefined, view: view === 'compare' ? 'graph' : view };
}
