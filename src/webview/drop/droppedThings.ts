import { maxPictureBytes } from '../../protocol/givenPictures';

/** What VS Code gives of files that are dragged from its Explorer or tabs, the plainest first. */
const addressTypes = ['application/vnd.code.uri-list', 'resourceurls', 'text/uri-list'] as const;

/** Of a DataTransfer, what is asked. */
type DroppedText = Pick<DataTransfer, 'getData'>;

/** Whether something may be pictures; what it holds is told only once it is dropped. */
export function mayHoldPictures(types: readonly string[]): boolean {
  const lower = types.map((type) => type.toLowerCase());
  return lower.includes('files') || addressTypes.some((type) => lower.includes(type));
}

/** The addresses of files that were dragged from VS Code; none where something else was. */
export function addressesIn(data: DroppedText): readonly string[] {
  for (const type of addressTypes) {
    const addresses = split(data.getData(type)).filter(isFileAddress);
    if (addresses.length > 0) return [...new Set(addresses)];
  }
  return [];
}

/** A list is JSON, or a line each with comments. */
function split(list: string): readonly string[] {
  if (!list.startsWith('[')) return list.split(/[\r\n]+/).filter((line) => !line.startsWith('#'));
  try {
    const parsed: unknown = JSON.parse(list);
    return Array.isArray(parsed) ? parsed.filter((one) => typeof one === 'string') : [];
  } catch {
    // Not VS Code's: somebody else's text.
    return [];
  }
}

/** A scheme of more than a letter, so that `C:\a.png` is none; what lies in the web is not fetched. */
function isFileAddress(address: string): boolean {
  return /^[a-z][\w+.-]+:/i.test(address) && !/^(https?|data|blob|javascript):/i.test(address);
}

/** Why files are not taken, before memory is taken for them; undefined where they are. */
export function refusal(files: readonly Pick<File, 'name' | 'size'>[]): string | undefined {
  const large = files.find(({ size }) => size > maxPictureBytes);
  if (large) return `${large.name} has ${megabytes(large.size)}; pictures of up to 256 MB are read`;
  const total = files.reduce((sum, { size }) => sum + size, 0);
  if (total <= maxPictureBytes) return undefined;
  return (
    `these ${files.length} pictures have ${megabytes(total)} together; up to 256 MB are taken at once: ` +
    'open their folder in VS Code and use “AlexNet: Classify Folder”'
  );
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MB`;
}
