import { element } from '../../draw/element';
import type { Stage, StageTable } from '../stages/stage';
import type { Scene } from './scene';

/** The numbers of each stage that has many, as tables whose rows are its steps. */
export function tableScene(stages: readonly Stage[]): Scene {
  const tables = stages.map(({ table, title }) => table && numbersTable(table, title));
  return {
    element: element('div', { class: 'scene' }, ...tables.filter((table) => table !== undefined)),
    step(_, at) {
      for (const [stage, table] of tables.entries()) {
        for (const [step, row] of [...(table?.tBodies[0]?.rows ?? [])].entries()) {
          const later = stage > at.stage || (stage === at.stage && step > at.step);
          row.classList.toggle('current', stage === at.stage && step === at.step);
          row.classList.toggle('pending', later);
        }
      }
    },
  };
}

function numbersTable({ heads, rows }: StageTable, title: string): HTMLTableElement {
  const head = heads.map((text) => element('th', { scope: 'col' }, text));
  const body = rows.map((cells) =>
    element(
      'tr',
      {},
      ...cells.map((text, at) =>
        at === 0
          ? element('th', { scope: 'row' }, text)
          : element('td', {}, element('span', {}, text)),
      ),
    ),
  );
  return element(
    'table',
    { class: 'value-table' },
    element('caption', {}, title),
    element('thead', {}, element('tr', {}, ...head)),
    element('tbody', {}, ...body),
  );
}
