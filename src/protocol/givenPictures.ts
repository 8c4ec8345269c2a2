/** A picture file is refused above this before memory is taken for it. */
export const maxPictureBytes = 256 * 2 ** 20;

/** A picture whose bytes a person dropped on the panel or pasted into it. */
export interface GivenPicture {
  /** The file's; empty where there was none. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Pictures that come with the extension, in its folder `samples`: 384 kB together. */
export const samplePictures = [
  { file: 'golf-ball.jpg', title: 'Golf ball' },
  { file: 'parachute.jpg', title: 'Parachute' },
  { file: 'church.jpg', title: 'Church' },
  { file: 'cassette-player.jpg', title: 'Boom box' },
  { file: 'cat.jpg', title: 'Cat' },
  { file: 'still-life.jpg', title: 'Still life' },
  { file: 'sailing-boat.webp', title: 'Sailing boat' },
  { file: 'colour-wheel.gif', title: 'Colour wheel' },
] as const;
