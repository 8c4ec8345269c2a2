/**
 * What a file is good for: a `picture` that is read, an `unread` one that is not, `weights`; a `standIn` was stored or
 * sent in a file's place.
 */
export type ContentKind = 'picture' | 'unread' | 'weights' | 'standIn' | 'other';

/** What a file is, by its first bytes. */
export interface Content {
  readonly kind: ContentKind;
  /** With its article, such as "a JPEG picture". */
  readonly what: string;
  /** What to do about it, where something can be done. */
  readonly advice?: string;
}

/** Bytes that hold a signature, a doctype or the first element. */
export const headBytes = 4096;
