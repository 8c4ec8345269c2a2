/** Why a layer is as it is: the section of the 2012 paper that asks for it, and where this variant departs. */
export interface Reason {
  /** Such as '3.5'; undefined where the paper has no such layer. */
  readonly section?: string;
  readonly text: string;
  readonly departure?: string;
}

/** Reasons by layer name. */
export type Reasons = Readonly<Record<string, Reason>>;
