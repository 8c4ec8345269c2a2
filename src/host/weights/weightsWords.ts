import type { PublishedWeights } from '../../network/modelDocument';
import { megabytes } from '../download/megabytes';
import { hostName } from '../download/remoteFile';
import type { CatalogueEntry } from '../../library/catalogue';

/** Such as `top-1 57.074 %, top-5 80.254 %`. */
export function accuracyWords({
  top1,
  top5,
  classes,
}: Pick<PublishedWeights, 'top1' | 'top5' | 'classes'>): string {
  if (top1 === undefined || top5 === undefined) return 'no accuracy published';
  const among = classes ? ` of ${classes.length} classes` : '';
  return `top-1 ${top1} %, top-5 ${top5} %${among}`;
}

/** One line about a set: size, licence, source. */
export function entryDetail(entry: CatalogueEntry): string {
  const size = entry.shipped === undefined ? sizeWords(entry) : 'comes with the extension';
  return [size, entry.licence, entry.source.replace(/^https:\/\//, '')].join(' · ');
}

/** What a person is asked before a download. */
export interface DownloadQuestion {
  readonly entry: CatalogueEntry;
  /** What the panel's network is called, and what the one is that the weights are for. */
  readonly networks: { readonly shown: string; readonly next: string };
  /** Bytes that an earlier try left. */
  readonly arrived: number;
}

/** What a person has to know to agree: what changes, how large, from where. */
export function consentWords({ entry, networks, arrived }: DownloadQuestion): string {
  const size = sentence(`${sizeWords(entry)} from ${hostName(entry.urls[0] ?? '')}`);
  const rest = arrived > 0 ? [`${megabytes(arrived)} are here already.`] : [];
  return [...changeWords(networks), [size, ...rest].join(' ')].join('\n\n');
}

/** Empty where the panel stays as it is. */
function changeWords({ shown, next }: DownloadQuestion['networks']): readonly string[] {
  return shown === next ? [] : [`The panel will change from ${shown} to ${next}.`];
}

/** The same with what a person may want to know besides: addresses, licence, accuracy, checksum, where to. */
export function consentDetails({ entry, networks }: DownloadQuestion, folder: string): string {
  const { name, urls, licence, source, conditions } = entry;
  const [first = '', ...others] = urls;
  const instead = others.map(hostName).filter((host) => host !== hostName(first));
  return [
    ...changeWords(networks),
    `${name}, ${sizeWords(entry)}, will be downloaded from ${first}${instead.length > 0 ? `, or from ${instead.join(', ')} if that fails` : ''}.`,
    `Licence: ${licence}. Source: ${source}. The weights were trained on ImageNet, whose terms may ask for research use.`,
    `Published accuracy: ${accuracyWords(entry)} (${conditions}).`,
    `The file is checked by its ${checksumNames[entry.checksum.kind]} and kept in ${folder}. “AlexNet: Remove Downloaded Weights…” removes it again.`,
  ].join('\n\n');
}

/** A set that is offered; `network` where it is for another network than the one shown. */
export interface WeightsOffer {
  readonly entry: CatalogueEntry;
  readonly isDownloaded: boolean;
  readonly network: string | undefined;
}

/** What a button says that loads a set. */
export function offerWords({ entry, isDownloaded, network }: WeightsOffer): string {
  const { classes } = entry;
  const of = classes ? `weights of ${classes.length} classes` : 'ImageNet weights';
  const what = `Load ${of}${network === undefined ? '' : ` for ${network}`}`;
  return isDownloaded ? what : `${what}, ${wholeMegabytes(entry)}`;
}

/** The same as a question, by the set's name. */
export function offerQuestion({ entry, isDownloaded, network }: WeightsOffer): string {
  const size = isDownloaded ? '' : `, ${wholeMegabytes(entry)}`;
  const change = network === undefined ? '' : ` The panel will change to ${network}.`;
  return `Load ${entry.name}${size}?${change}`;
}

function wholeMegabytes({ bytes }: CatalogueEntry): string {
  return `${Math.round(bytes / 1e6)} MB`;
}

export function sizeWords({ bytes, isRough }: CatalogueEntry): string {
  return isRough ? `about ${megabytes(bytes)}` : megabytes(bytes);
}

const checksumNames: Readonly<Record<CatalogueEntry['checksum']['kind'], string>> = {
  sha256: 'SHA-256',
  sha1: 'SHA-1',
  gitBlob: 'id in git (SHA-1)',
};

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
