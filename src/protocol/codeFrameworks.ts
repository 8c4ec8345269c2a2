/** What a network may be written as code for. */
export const codeFrameworks = ['pytorch', 'keras', 'tfjs'] as const;
export type CodeFramework = (typeof codeFrameworks)[number];
