import type { EngineInfo } from '../../protocol/engineProtocol';
import { megabytes } from '../download/megabytes';
import type { Offer } from './installNative';

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
    '“AlexNet: Remove Native Engine” removes them again.',
  ].join('\n\n');
}

/** Which backend runs now, and why not the native one. */
export function outcomeWords({ backend, threads, version, refused }: EngineInfo): string {
  const runs = `${backend} ${version} runs now, on ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
  if (backend === 'tensorflow') return `${runs}.`;
  const why = refused.find((refusal) => refusal.backend === 'tensorflow')?.why;
  return `${runs}: ${why ?? 'the setting alexnet.engine.backend asks for it'}.`;
}
