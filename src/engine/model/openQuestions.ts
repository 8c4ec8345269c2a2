import { findingBeside } from '../../files/bytes/findBeside';
import { examineWeights } from '../../files/examineWeights';
import { labelsBeside, type FoundLabels } from '../../files/labels/labelsBeside';
import type { ExamineParams, OpenQuestions } from '../../protocol/engineProtocol';
import type { KnownDocuments } from './knownDocuments';
import { openSource } from './openSource';

/** What a file of weights leaves open, with the names of its classes where it has others than the documents. */
export async function openQuestions(
  { documentId, source }: ExamineParams,
  documents: KnownDocuments,
): Promise<OpenQuestions> {
  const candidates = documents.from(documentId);
  const { bytes, beside } = await openSource(source);
  try {
    const { sets, ...rest } = await examineWeights(bytes, candidates, beside);
    const findBeside = findingBeside(beside);
    const found = new Map<number, FoundLabels>();
    for (const { classes } of sets.flatMap(({ fits }) => fits))
      if (classes !== undefined && !found.has(classes))
        found.set(classes, await labelsBeside(findBeside, source.name, classes));
    const named = sets.map(({ key, fits }) => ({
      key,
      fits: fits.map(({ documentId: id, classes }) =>
        classes === undefined
          ? { documentId: id }
          : { documentId: id, classes: { count: classes, ...found.get(classes) } },
      ),
    }));
    return { sets: named, ...rest };
  } finally {
    await bytes.close();
  }
}
