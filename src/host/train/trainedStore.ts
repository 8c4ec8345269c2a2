import { readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ClassLabels, ModelDocument } from '../../network/modelDocument';
import { elementCount } from '../../network/tensor/shape';
import type { LearnedWeights } from '../../protocol/training';
import type { FileRef } from '../fileRef';
import { log } from '../log';
import type { WeightsChoice } from '../weights/weightsChoice';
import { learningNetwork } from './learningNetwork';

/** A network that was trained here. */
export interface TrainedNetwork {
  readonly document: ModelDocument;
  readonly learned: LearnedWeights;
}

/** What lies beside the weights. */
interface About {
  readonly format: 1;
  readonly id: string;
  /** The id of the document that has the same layers. */
  readonly base: string;
  readonly labels: ClassLabels;
  readonly uri: string;
  readonly learned: LearnedWeights;
}

const aboutName = 'about.json';
const weightsName = 'weights.safetensors';
const bytesPerValue = 4;

/** The networks that were trained on this machine, each in a folder of its id: weights, and a JSON about them. */
export class TrainedStore {
  /** The same object until it is learned anew. */
  private readonly choices = new Map<string, WeightsChoice>();

  constructor(
    readonly folder: string,
    /** The documents that come with the extension, by id. */
    private readonly baseOf: (id: string) => ModelDocument | undefined,
  ) {}

  /** All that are whole; what is not is left where it is, and the log says why. */
  list(): readonly TrainedNetwork[] {
    return foldersIn(this.folder).flatMap((id) => {
      try {
        const network = this.read(id);
        if (!this.choices.has(id)) this.choices.set(id, this.choiceFor(network));
        return [network];
      } catch (error) {
        log.warn(`trained networks: ${join(this.folder, id)} is left out: ${String(error)}`);
        return [];
      }
    });
  }

  weightsPath(id: string): string {
    return join(this.folder, id, weightsName);
  }

  /** What a network that was trained here has learned, as weights to choose. */
  choiceOf(id: string): WeightsChoice | undefined {
    return this.choices.get(id);
  }

  private choiceFor({ document, learned }: TrainedNetwork): WeightsChoice {
    return { kind: 'file', file: fileOf(this.weightsPath(document.id), learned), learned };
  }

  /** Keeps a network; `writeWeights` writes its file first, so that what is listed is whole. */
  async keep(
    { document, learned }: TrainedNetwork,
    writeWeights: (path: string) => Promise<void>,
  ): Promise<void> {
    const { id, labels, origin } = document;
    if (origin.kind !== 'trained') throw new Error(`${id} was not trained here`);
    const place = join(this.folder, id);
    await mkdir(place, { recursive: true });
    await writeWeights(this.weightsPath(id));
    const about: About = { format: 1, id, base: origin.base, labels, uri: origin.uri, learned };
    const path = join(place, aboutName);
    await writeFile(`${path}.part`, JSON.stringify(about, undefined, 2));
    await rename(`${path}.part`, path);
    this.choices.set(id, this.choiceFor({ document, learned }));
  }

  async remove(id: string): Promise<void> {
    await rm(join(this.folder, id), { recursive: true, force: true });
    this.choices.delete(id);
  }

  /** What a network takes on the disk. */
  async bytes(id: string): Promise<number> {
    return (await stat(this.weightsPath(id))).size;
  }

  private read(id: string): TrainedNetwork {
    const about = checked(JSON.parse(readFileSync(join(this.folder, id, aboutName), 'utf8')), id);
    const base = this.baseOf(about.base);
    if (!base) throw new Error(`there is no network ${about.base}`);
    const { labels, uri, learned } = about;
    const origin = { kind: 'trained', name: learned.folder, uri, base: base.id } as const;
    const document = learningNetwork(base, { id, labels, origin });
    const values = document.network.layers
      .flatMap(({ weights }) => weights)
      .reduce((sum, { shape }) => sum + elementCount(shape), 0);
    const { size } = statSync(this.weightsPath(id));
    if (size < values * bytesPerValue) throw new Error(`its weights have only ${size} bytes`);
    return { document, learned };
  }
}

function foldersIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function fileOf(path: string, { folder }: LearnedWeights): FileRef {
  const name = `trained on ${folder}`;
  return {
    uri: pathToFileURL(path).href,
    name,
    label: name,
    path,
    size: async () => (await stat(path)).size,
    read: () => readFile(path),
  };
}

const most = { classes: 100_000, text: 1000 };

/** What another version or another hand wrote may look otherwise. */
function checked(value: unknown, id: string): About {
  const about = value as Partial<About> | null;
  const { labels, learned } = about ?? {};
  const names: unknown = labels?.names;
  const synsets: unknown = labels?.synsets;
  const problem = [
    about?.format !== 1 && 'it is of another version',
    (about?.id !== id || !isText(about.base)) && 'it says another id',
    !isTexts(names) && 'its classes have no names',
    synsets !== undefined && (!isTexts(synsets) || synsets.length !== labels?.names.length)
      ? 'its classes are not those of its synsets'
      : false,
    !isText(labels?.source) && 'its classes come from nowhere',
    !isText(about?.uri) && 'it names no folder',
    !isLearned(learned) && 'it does not say how it was trained',
  ].find((each) => each !== false);
  if (problem !== undefined) throw new Error(`${aboutName}: ${problem}`);
  return about as About;
}

function isLearned(value: unknown): value is LearnedWeights {
  const { folder, pictures, heldOut, epochs, date, settings, result } = (value ??
    {}) as Partial<LearnedWeights>;
  const counts: readonly unknown[] = [pictures, heldOut, epochs, date];
  const figures: readonly unknown[] = result
    ? [result.accuracy, result.heldOut?.accuracy ?? 0]
    : [];
  return (
    isText(folder) &&
    counts.every((count) => Number.isSafeInteger(count) && Number(count) >= 0) &&
    figures.every((share) => typeof share === 'number' && share >= 0 && share <= 1) &&
    typeof settings === 'object'
  );
}

function isTexts(value: unknown): value is readonly string[] {
  return (
    Array.isArray(value) &&
    value.length >= 2 &&
    value.length <= most.classes &&
    value.every((each) => isText(each))
  );
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= most.text;
}
