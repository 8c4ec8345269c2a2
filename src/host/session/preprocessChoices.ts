import type { PreprocessParts } from '../../network/preprocess/changedParts';
import { changedParts } from '../../network/preprocess/changedParts';
import { checkPreprocess } from '../../network/preprocess/checkPreprocess';
import { inputSize } from '../../network/inputShape';
import type { Preprocess } from '../../network/preprocess/preprocess';
import type { VariantId } from '../../library/variant';
import { variantIds } from '../../library/variant';
import { variants } from '../../library/variants';
import type { PanelPreprocess } from '../../protocol/panelProtocol';
import { completePreprocess } from './completePreprocess';

/** What is kept for the workspace: by variant, the parts that differ from what is published. */
export type KeptChoices = Readonly<Partial<Record<VariantId, PreprocessParts>>>;

interface Options {
  /** What an earlier session kept; anything odd in it is left out. */
  readonly kept: unknown;
  readonly keep: (choices: KeptChoices) => void;
  /** Hears why something that was kept is left out. */
  readonly warn: (why: string) => void;
}

/** How the person wants pictures to be prepared, variant by variant. */
export class PreprocessChoices {
  private choices: KeptChoices;
  private readonly keep: Options['keep'];

  constructor({ kept, keep, warn }: Options) {
    this.choices = readChoices(kept, warn);
    this.keep = keep;
  }

  parts(variant: VariantId): PreprocessParts {
    return this.choices[variant] ?? {};
  }

  of(variant: VariantId): PanelPreprocess {
    const { preprocess: published } = variants[variant];
    return { settings: completePreprocess(variant, this.parts(variant)), published };
  }

  /** Throws PreprocessError and changes nothing where the settings are unsound; null goes back to the published ones. */
  set(variant: VariantId, settings: Preprocess | null): void {
    const parts = settings === null ? {} : soundParts(variant, settings);
    this.choices = { ...this.choices, [variant]: parts };
    this.keep(this.choices);
  }
}

function soundParts(variant: VariantId, settings: unknown): PreprocessParts {
  const { network, preprocess } = variants[variant];
  return changedParts(checkPreprocess(settings, inputSize(network)), preprocess);
}

function readChoices(kept: unknown, warn: Options['warn']): KeptChoices {
  if (typeof kept !== 'object' || kept === null) return {};
  const read = variantIds.flatMap((variant) => {
    const parts = (kept as KeptChoices)[variant];
    try {
      return parts ? [[variant, soundParts(variant, completePreprocess(variant, parts))]] : [];
    } catch (error) {
      warn(`the preprocessing kept for ${variant} is left out: ${String(error)}`);
      return [];
    }
  });
  return Object.fromEntries(read) as KeptChoices;
}
