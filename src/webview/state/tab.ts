import type { LayerSummary } from '../../network/summary';
import type { ProbeMarks } from '../probe/probeMarks';
import type { Model } from './model';
import type { TabId } from './viewState';

/** One tab of the details; updated only while it is the current one. */
export interface Tab {
  readonly id: TabId;
  readonly label: string;
  /** Whether this layer has such a side, with the run on screen or without one. */
  shows(summary: LayerSummary, model: Model): boolean;
  readonly element: HTMLElement;
  update(model: Model, summary: LayerSummary): void;
  /** Marks what is pointed at anywhere on the page; left out where the tab shows no map. */
  probe?(marks: ProbeMarks | undefined): void;
}
