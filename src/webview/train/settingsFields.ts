/** A setting whose field takes a number as text. */
export interface NumberRule {
  readonly label: string;
  readonly hint: string;
  readonly min: number;
  readonly max: number;
  /** Only whole numbers. */
  readonly whole?: true;
  /** A share that is typed as a percentage. */
  readonly percent?: true;
  /** What stands after the field. */
  readonly unit?: string;
  /** The least itself is too little. */
  readonly above?: true;
}

/** A setting whose field offers some words. */
export interface ChoiceRule {
  readonly label: string;
  readonly hint: string;
  readonly options: Readonly<Record<string, string>>;
}

export interface CheckRule {
  readonly label: string;
  readonly hint: string;
}

/** Every field that takes a number: what it is called, what it does, and what it takes. */
export const numberRules = {
  epochs: {
    label: 'Epochs',
    hint: 'How often the network sees every picture.',
    min: 1,
    max: 10_000,
    whole: true,
  },
  batch: {
    label: 'Batch',
    hint: 'So many pictures make a step, in which weights change once.',
    min: 1,
    max: 1024,
    whole: true,
  },
  rate: {
    label: 'Learning rate',
    hint: 'How far the weights move along their gradients, at its largest.',
    min: 0,
    max: 10,
    above: true,
  },
  every: {
    label: 'Drop every',
    unit: 'epochs',
    hint: 'After so many epochs the rate is multiplied.',
    min: 1,
    max: 10_000,
    whole: true,
  },
  factor: {
    label: 'Drop factor',
    hint: 'What the rate is multiplied by.',
    min: 0,
    max: 1,
    above: true,
  },
  warmUp: {
    label: 'Warm-up',
    hint: 'The share of the steps in which the rate rises.',
    min: 0,
    max: 100,
    percent: true,
  },
  momentum: {
    label: 'Momentum',
    hint: 'How much of a step goes on in the next one.',
    min: 0,
    max: 0.9999,
  },
  beta1: {
    label: 'Beta 1',
    hint: 'How slowly the mean of the gradients changes.',
    min: 0,
    max: 0.9999,
  },
  beta2: {
    label: 'Beta 2',
    hint: 'How slowly the mean of their squares changes.',
    min: 0,
    max: 0.999999,
  },
  epsilon: {
    label: 'Epsilon',
    hint: 'A small number, so that nothing is divided by zero.',
    min: 0,
    max: 1,
    above: true,
  },
  weightDecay: {
    label: 'Weight decay',
    hint: 'Pulls weights towards zero: so much of each is added to its gradient.',
    min: 0,
    max: 1,
  },
  cropArea: {
    label: 'Least part',
    hint: 'The least share of a picture’s area that is cut out.',
    min: 1,
    max: 100,
    percent: true,
  },
  colour: {
    label: 'Colours',
    hint: 'How far brightness, contrast and saturation change.',
    min: 0,
    max: 100,
    percent: true,
  },
  heldOut: {
    label: 'Held out',
    hint: 'The share of the pictures that only measures what was learned.',
    min: 0,
    max: 50,
    percent: true,
  },
  seed: {
    label: 'Seed',
    hint: 'Decides all that is random: the same one gives the same weights.',
    min: 0,
    max: 4_294_967_295,
    whole: true,
  },
} as const satisfies Readonly<Record<string, NumberRule>>;

export type NumberId = keyof typeof numberRules;

/** Every field that offers some words; layers are those of the network. */
export const choiceRules = {
  start: {
    label: 'Start from',
    hint: 'What the network knows already, or what the seed gives.',
    options: { loaded: 'The weights in use', fresh: 'Random weights' },
  },
  learning: {
    label: 'What learns',
    hint: 'The other layers stay as they are: quicker, and enough where pictures are few.',
    options: {
      all: 'All layers',
      from: 'A layer and all after it',
      classifier: 'The classifier only',
    },
  },
  layer: {
    label: 'First layer that learns',
    hint: 'It and all after it learn.',
    options: {},
  },
  schedule: {
    label: 'Schedule',
    hint: 'How the rate goes from the first step to the last.',
    options: {
      constant: 'Constant',
      step: 'Drops in steps',
      cosine: 'Cosine, falling to 0',
      oneCycle: 'One cycle, up and down',
    },
  },
  optimiser: {
    label: 'Rule',
    hint: 'The rule by which weights follow their gradients.',
    options: { sgd: 'SGD with momentum', adam: 'Adam' },
  },
  formula: {
    label: 'Formula of',
    hint: 'Where epsilon is added: Keras’ weighs more in the first steps.',
    options: { pytorch: 'PyTorch', keras: 'Keras' },
  },
} as const satisfies Readonly<Record<string, ChoiceRule>>;

export type ChoiceId = keyof typeof choiceRules;

export const checkRules = {
  nesterov: {
    label: 'Nesterov',
    hint: 'Momentum that looks one step ahead.',
  },
  crop: {
    label: 'Cut out a part',
    hint: 'Each time another part of the picture, enlarged to all of the input.',
  },
  flip: {
    label: 'Mirror',
    hint: 'Half of the pictures, left to right.',
  },
} as const satisfies Readonly<Record<string, CheckRule>>;

export type CheckId = keyof typeof checkRules;

export type FieldId = NumberId | ChoiceId | CheckId;
