import type { EngineInfo } from '../../protocol/engineProtocol';
import type { InstallProgress, Offer } from './installNative';
import { TransferSpeed } from './transferSpeed';

/** More often nobody can read it. */
const reportMilliseconds = 250;

/** What the person agrees to: what, from where, how large, where to. */
export function offerDetail({ host, folder, files }: Offer): string {
  const lines = files.map(
    ({ what, name, bytes }) =>
      `• ${what}: ${name}, ${bytes === undefined ? 'of unknown size' : megabytes(bytes)}`,
  );
  return [
    `These files will be fetched from ${host}:`,
    ...lines,
    `They go to ${folder}, where they take about four times as much. They are programs that run on this machine with your permissions. Their publisher gives no checksums; the extension tries them in a process of their own first.`,
    '“AlexNet: Remove Native Engine” takes them away again.',
  ].join('\n\n');
}

/** Which backend runs now, and why not the native one. */
export function outcomeWords({ backend, threads, version, refused }: EngineInfo): string {
  const runs = `${backend} ${version} runs now, on ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
  if (backend === 'tensorflow') return `${runs}.`;
  const why = refused.find((rung) => rung.backend === 'tensorflow')?.why;
  return `${runs}: ${why ?? 'the setting alexnet.engine.backend asks for it'}.`;
}

/** Turns progress into what a notification shows, in steps that a person can read. */
export class ProgressWords {
  private readonly speeds = new Map<string, TransferSpeed>();
  private last = { what: '', at: 0, percent: 0 };

  /** `now` in milliseconds; undefined where the last words may stay. */
  add(
    { what, done, total }: InstallProgress,
    now: number,
  ): { readonly message: string; readonly increment: number } | undefined {
    const speed = done === undefined ? 0 : this.speed(what, done, now);
    if (what === this.last.what && now - this.last.at < reportMilliseconds) return undefined;
    const percent = done !== undefined && total ? (done / total) * 100 : this.last.percent;
    const increment = Math.max(0, percent - this.last.percent);
    this.last = { what, at: now, percent: Math.max(percent, this.last.percent) };
    const parts = [what, amount(done, total), speed > 0 ? `${megabytes(speed)}/s` : ''];
    return { message: parts.filter(Boolean).join(', '), increment };
  }

  private speed(what: string, done: number, now: number): number {
    const known = this.speeds.get(what) ?? new TransferSpeed();
    this.speeds.set(what, known);
    return known.add(done, now);
  }
}

function amount(done: number | undefined, total: number | undefined): string {
  if (done === undefined) return '';
  return total === undefined
    ? megabytes(done)
    : `${(done / 1e6).toFixed(1)} of ${megabytes(total)}`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
