import { button, element } from './element';

/** A column that a table can be sorted by. */
export interface SortColumn<S extends string> {
  readonly title: string;
  readonly sort: S;
  readonly numeric?: boolean;
  /** What it means, where the pointer rests on it. */
  readonly says?: string | undefined;
}

/** The heads of columns, a button each that sorts by it; the one that the table is sorted by says so. */
export class SortHeads<S extends string> {
  readonly elements: readonly HTMLTableCellElement[];

  constructor(
    private readonly columns: readonly SortColumn<S>[],
    sort: (clicked: S) => void,
  ) {
    this.elements = columns.map((column) =>
      element(
        'th',
        { scope: 'col', class: column.numeric && 'numeric' },
        button(column.title, () => sort(column.sort), { kind: 'sort-head', title: column.says }),
      ),
    );
  }

  /** `sort` may be none of the columns: the order in which things came. */
  update({ sort, descending }: { readonly sort: string; readonly descending: boolean }): void {
    const order = descending ? 'descending' : 'ascending';
    this.columns.forEach((column, index) => {
      this.elements[index]?.setAttribute('aria-sort', column.sort === sort ? order : 'none');
    });
  }
}
