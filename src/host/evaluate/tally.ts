import { labelOf, type ClassLabels } from '../../network/modelDocument';
import type {
  EvaluatedClass,
  EvaluatedPicture,
  EvaluationReport,
  PicturesAnswer,
  PicturesQuestion,
} from '../../protocol/evaluation';
import type { ClassReading } from '../../network/classReading';
import { topPredictions } from '../session/topPredictions';

/** What the network said of a picture that has a true class. */
export interface Answer {
  readonly truth: number;
  /** Place of the true class among all, from 0. */
  readonly rank: number;
  readonly truthProbability: number;
  /** The most probable classes, the first first. */
  readonly top: readonly { readonly index: number; readonly probability: number }[];
}

/** Pictures with their true classes, by number. */
export interface Truths {
  readonly size: number;
  /** The classes that occur, by index. */
  readonly classes: readonly number[];
  truth(picture: number): number;
  name(picture: number): string;
}

const topCount = 5;
/** More than a person looks at. */
const listedPictures = 60;
const listedUnreadable = 200;

/** What became of the pictures of an evaluation: about 50 bytes for each, whatever the network answers. */
export class Tally {
  private readonly ranks: Int32Array;
  private readonly truthProbabilities: Float32Array;
  private readonly topIndices: Uint32Array;
  private readonly topProbabilities: Float32Array;
  private readonly isAmongRight: Uint8Array;
  private readonly broken = new Map<number, string>();
  private readonly own: ReadonlySet<number>;
  private counted = 0;
  /** How many the network has, once it has answered. */
  private classCount: number;

  constructor(
    private readonly pictures: Truths,
    private readonly labels: ClassLabels,
    private readonly reading: ClassReading = { kind: 'softmax' },
  ) {
    const { size } = pictures;
    this.own = new Set(pictures.classes);
    this.classCount = labels.names.length;
    this.ranks = new Int32Array(size).fill(-1);
    this.truthProbabilities = new Float32Array(size);
    this.topIndices = new Uint32Array(size * topCount);
    this.topProbabilities = new Float32Array(size * topCount);
    this.isAmongRight = new Uint8Array(size);
  }

  /** How many are through, the unreadable ones too. */
  get done(): number {
    return this.counted + this.broken.size;
  }

  get unreadable(): ReadonlyMap<number, string> {
    return this.broken;
  }

  /** Takes what the network said of a picture; equal classes go by index. */
  add(picture: number, logits: Float32Array): void {
    const truth = this.pictures.truth(picture);
    const all = topPredictions(logits, logits.length, this.labels, this.reading);
    const rank = all.findIndex(({ index }) => index === truth);
    if (rank < 0) throw new Error(`the network has ${logits.length} classes, not a class ${truth}`);
    this.classCount = logits.length;
    this.ranks[picture] = rank;
    this.truthProbabilities[picture] = all[rank]?.probability ?? 0;
    all.slice(0, topCount).forEach(({ index, probability }, place) => {
      this.topIndices[picture * topCount + place] = index;
      this.topProbabilities[picture * topCount + place] = probability;
    });
    const among = all.find(({ index }) => this.own.has(index));
    this.isAmongRight[picture] = Number(among?.index === truth);
    this.counted++;
  }

  /** Notes in a sentence why a picture counts nowhere. */
  fail(picture: number, why: string): void {
    this.broken.set(picture, why);
  }

  /** Undefined where a picture has not run or could not be read. */
  answer(picture: number): Answer | undefined {
    const rank = this.ranks[picture] ?? -1;
    if (rank < 0) return undefined;
    const first = picture * topCount;
    const places = Math.min(topCount, this.classCount);
    return {
      truth: this.pictures.truth(picture),
      rank,
      truthProbability: this.truthProbabilities[picture] ?? 0,
      top: Array.from({ length: places }, (_, place) => ({
        index: this.topIndices[first + place] ?? 0,
        probability: this.topProbabilities[first + place] ?? 0,
      })),
    };
  }

  report(): EvaluationReport {
    const { own } = this;
    const counts = new Map([...own].map((index) => [index, { pictures: 0, top1: 0, top5: 0 }]));
    const confusions = new Map<string, number>();
    const others: Record<number, string> = {};
    let among = 0;
    for (let picture = 0; picture < this.pictures.size; picture++) {
      const rank = this.ranks[picture] ?? -1;
      if (rank < 0) continue;
      const truth = this.pictures.truth(picture);
      const taken = this.taken(picture);
      const of = counts.get(truth);
      if (of) {
        of.pictures += 1;
        of.top1 += Number(rank === 0);
        of.top5 += Number(rank < topCount);
      }
      among += this.isAmongRight[picture] ?? 0;
      if (!counts.has(taken)) others[taken] = labelOf(this.labels, taken);
      const pair = `${truth} ${taken}`;
      confusions.set(pair, (confusions.get(pair) ?? 0) + 1);
    }
    const classes = [...counts].map(([index, count]) => this.evaluatedClass(index, count));
    const sum = (key: 'top1' | 'top5'): number => classes.reduce((all, each) => all + each[key], 0);
    const { classCount: allClasses } = this;
    return {
      pictures: this.counted,
      top1: sum('top1'),
      top5: sum('top5'),
      allClasses,
      ...(own.size < allClasses && { among }),
      classes,
      confusions: Uint32Array.from(
        [...confusions].flatMap(([pair, count]) => [...pair.split(' ').map(Number), count]),
      ),
      otherLabels: others,
      unreadable: [...this.broken]
        .slice(0, listedUnreadable)
        .map(([picture, why]) => ({ name: this.pictures.name(picture), why })),
    };
  }

  /** The mistakes, the surest first; of a pair of classes all pictures, the surest first. */
  find({ truth, taken, besides }: Omit<PicturesQuestion, 'begun'>): PicturesAnswer {
    const found: number[] = [];
    for (let picture = 0; picture < this.pictures.size; picture++) {
      const rank = this.ranks[picture] ?? -1;
      if (rank < 0) continue;
      if (truth !== undefined && this.pictures.truth(picture) !== truth) continue;
      const actual = this.taken(picture);
      if (besides?.includes(actual)) continue;
      if (taken === undefined ? besides || rank > 0 : actual === taken) found.push(picture);
    }
    const sureness = (picture: number): number => this.topProbabilities[picture * topCount] ?? 0;
    found.sort((a, b) => sureness(b) - sureness(a) || a - b);
    const pictures = found.slice(0, listedPictures).map((picture) => this.evaluated(picture));
    return { pictures, all: found.length };
  }

  private taken(picture: number): number {
    return this.topIndices[picture * topCount] ?? 0;
  }

  private evaluatedClass(
    index: number,
    counts: Pick<EvaluatedClass, 'pictures' | 'top1' | 'top5'>,
  ): EvaluatedClass {
    const label = labelOf(this.labels, index);
    return { index, label, synset: this.labels.synsets?.[index] ?? '', ...counts };
  }

  private evaluated(picture: number): EvaluatedPicture {
    const truth = this.pictures.truth(picture);
    const taken = this.taken(picture);
    return {
      id: picture,
      name: this.pictures.name(picture),
      truth,
      taken,
      truthLabel: labelOf(this.labels, truth),
      takenLabel: labelOf(this.labels, taken),
      probability: this.topProbabilities[picture * topCount] ?? 0,
      truthProbability: this.truthProbabilities[picture] ?? 0,
    };
  }
}
