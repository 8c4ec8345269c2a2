/** What the table of results can be sorted by; `place` is the order of the strip. */
export const resultSorts = ['place', 'name', 'label', 'probability', 'status'] as const;
export type ResultSort = (typeof resultSorts)[number];

/** How the table of results is sorted and which pictures it leaves out. */
export interface ResultsLook {
  readonly sort: ResultSort;
  readonly descending: boolean;
  /** Words that a picture's name or label has to hold. */
  readonly text: string;
  readonly failedOnly: boolean;
  /** Index of the class that the pictures were taken for; undefined: any. */
  readonly label: number | undefined;
}

export const firstResultsLook: ResultsLook = {
  sort: 'place',
  descending: false,
  text: '',
  failedOnly: false,
  label: undefined,
};

/** Reads what an earlier session kept: the order. What was left out then is asked for anew. */
export function readResultsLook(saved: unknown): ResultsLook {
  if (typeof saved !== 'object' || saved === null) return firstResultsLook;
  const { sort, descending } = saved as Readonly<Record<string, unknown>>;
  return {
    ...firstResultsLook,
    sort: resultSorts.find((id) => id === sort) ?? firstResultsLook.sort,
    descending: descending === true,
  };
}
