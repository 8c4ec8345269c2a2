import type { PublishedWeights } from '../../network/modelDocument';
import { megabytes } from '../download/megabytes';
import { hostName } from '../download/remoteFile';
import type { CatalogueEntry } from '../../library/catalogue';

/** Such as `top-1 57.074 %, top-5 80.254 %`. */
export function accuracyWords({ top1, top5 }: PublishedWeights): string {
  if (top1 === undefined || top5 === undefined) return 'no accuracy published';
  return `top-1 ${top1} %, top-5 ${top5} %`;
}

/** One line about a set: size, licence, source. */
export function entryDetail(entry: CatalogueEntry): string {
  return [sizeWords(entry), entry.licence, entry.source.replace(/^https:\/\//, '')].join(' · ');
}

/** What a person agrees to: what, how large, whose licence, from where, where to. */
export function consentDetail(entry: CatalogueEntry, folder: string): string {
  const { name, urls, licence, source, conditions } = entry;
  const [first = '', ...others] = urls;
  const instead = others.map(hostName).filter((host) => host !== hostName(first));
  return [
    `${name}, ${sizeWords(entry)}, will be downloaded from ${first}${instead.length > 0 ? `, or from ${instead.join(', ')} if that fails` : ''}.`,
    `Licence: ${licence}. Source: ${source}. They were trained on ImageNet, whose terms may ask for research use.`,
    `Published accuracy: ${accuracyWords(entry)} (${conditions}).`,
    `The file is checked by its ${checksumNames[entry.checksum.kind]} and kept in ${folder}. “AlexNet: Remove Downloaded Weights…” takes it away again.`,
  ].join('\n\n');
}

/** What a button says that loads a set. */
export function offerWords(entry: CatalogueEntry, isDownloaded: boolean): string {
  if (isDownloaded) return 'Load ImageNet weights';
  return `Load ImageNet weights (${Math.round(entry.bytes / 1e6)} MB)`;
}

export function sizeWords({ bytes, isRough }: CatalogueEntry): string {
  return isRough ? `about ${megabytes(bytes)}` : megabytes(bytes);
}

const checksumNames: Readonly<Record<CatalogueEntry['checksum']['kind'], string>> = {
  sha256: 'SHA-256',
  sha1: 'SHA-1',
  gitBlob: 'id in git (SHA-1)',
};
