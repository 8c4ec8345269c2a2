import type { UnitTarget } from '../../protocol/explanation';
import type { Imagined, ImagineProgress, ImagineSettings } from '../../protocol/imagining';
import { CancelledError, RemoteError } from '../../protocol/rpc';
import { messageOf } from '../draw/resource';
import type { Ask } from './ask';

/** For what a picture is made, and with which weights. */
export interface ImagineQuestion {
  readonly documentId: string;
  readonly weightsId: number;
  readonly target: UnitTarget;
}

/** A picture on its way, there, stopped, or refused; it stays as far as it came. */
export interface Imagining {
  readonly status: 'making' | 'done' | 'stopped' | 'failed';
  readonly picture?: Imagined;
  /** From 0 to 1, while it is made. */
  readonly fraction?: number;
  readonly why?: string;
}

/** With its picture each takes about a megabyte. */
const kept = 30;

/** What is being made; its key is another one once its weights were read from their file. */
interface Running {
  key: string;
  readonly question: ImagineQuestion;
  readonly controller: AbortController;
}

/** Pictures that are made for units, by what for; one at a time. */
export class Imaginings {
  private readonly entries = new Map<string, Imagining>();
  private running: Running | undefined;

  /** `onChange` is called when more is there, so that what shows it is drawn anew. */
  constructor(
    private readonly ask: Ask,
    private readonly onChange: () => void,
  ) {}

  known(question: ImagineQuestion): Imagining | undefined {
    const key = keyOf(question);
    const { running } = this;
    const isThat = running && keyOf({ ...running.question, weightsId: question.weightsId }) === key;
    if (isThat && running.key !== key) {
      const state = this.entries.get(running.key);
      this.entries.delete(running.key);
      running.key = key;
      if (state) this.entries.set(key, state);
    }
    return this.entries.get(key);
  }

  /** Begins a picture, or goes on with one; ends the one that is being made. */
  make(question: ImagineQuestion, settings: Partial<ImagineSettings>, from?: Imagined): void {
    this.stop();
    const controller = new AbortController();
    const running: Running = { key: keyOf(question), question, controller };
    this.running = running;
    this.set(running, { status: 'making', ...(from && { picture: from }) });
    const { documentId, target } = question;
    const onProgress = ({ fraction, imagined }: ImagineProgress): void => {
      if (this.running !== running) return;
      const picture = imagined ?? this.entries.get(running.key)?.picture;
      this.set(running, { status: 'making', fraction, ...(picture && { picture }) });
    };
    const params = { documentId, target, settings, ...(from && { from }) };
    this.ask('imagine', params, { signal: controller.signal, onProgress }).then(
      (picture) => this.end(running, { status: 'done', picture }),
      (error: unknown) =>
        this.end(
          running,
          isCancelled(error) ? { status: 'stopped' } : { status: 'failed', why: messageOf(error) },
        ),
    );
  }

  /** Ends what is being made; what is there stays. */
  stop(): void {
    const { running } = this;
    running?.controller.abort();
    if (running) this.end(running, { status: 'stopped' });
  }

  /** It may have been stopped, and another begun, since. */
  private end(running: Running, state: Imagining): void {
    if (this.running !== running) return;
    this.running = undefined;
    const before = this.entries.get(running.key)?.picture;
    this.set(running, { ...(before && { picture: before }), ...state });
  }

  private set({ key }: Running, state: Imagining): void {
    this.entries.delete(key);
    this.entries.set(key, state);
    const [oldest] = this.entries.keys();
    if (this.entries.size > kept && oldest !== undefined) this.entries.delete(oldest);
    this.onChange();
  }
}

function isCancelled(error: unknown): boolean {
  if (error instanceof RemoteError) return error.remoteName === CancelledError.name;
  return error instanceof CancelledError;
}

function keyOf({ documentId, weightsId, target }: ImagineQuestion): string {
  return JSON.stringify([documentId, weightsId, target]);
}
