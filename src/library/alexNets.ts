import type { ModelDocument } from '../network/modelDocument';
import { bvlc } from './bvlc';
import { caffenet } from './caffenet';
import { keras } from './keras';
import { paper } from './paper';
import { torchvision } from './torchvision';

/** The published AlexNets, by id. */
export const alexNets = { keras, paper, bvlc, caffenet, torchvision } as const;

export type AlexNetId = keyof typeof alexNets;

export const alexNetIds = Object.keys(alexNets) as readonly AlexNetId[];

/** The networks that come with the extension, the default first. */
export const library: readonly ModelDocument[] = Object.values(alexNets);

/** The network that is shown unless a person chooses another. */
export const defaultDocumentId: string = keras.id;
