import type { VariantId } from '../network/variants/variant';
import { variants } from '../network/variants/variants';
import type { WeightsInfo, WeightsSource } from '../protocol/engineProtocol';
import { bytesSource, fileSource } from '../weights/byteSource';
import type { NetworkWeights } from '../weights/networkWeights';
import { randomWeights } from '../weights/randomWeights';
import { readWeights } from '../weights/readWeights';

interface OpenOptions {
  readonly signal: AbortSignal;
  readonly onTensor: (name: string, fraction: number) => void;
}

interface OpenedWeights {
  readonly info: WeightsInfo;
  readonly weights: NetworkWeights;
}

/** Reads or draws all weights of a network; `shown` is the variant that is wanted where the source does not say. */
export async function openWeights(
  source: WeightsSource,
  shown: VariantId,
  options: OpenOptions,
): Promise<OpenedWeights> {
  if (source.kind === 'random') {
    const weights = randomWeights(variants[shown].network, source.seed);
    const name = `random, seed ${source.seed}`;
    return { info: { variant: shown, trained: false, name, tensors: weights.size }, weights };
  }
  const bytes = source.kind === 'file' ? await fileSource(source.path) : bytesSource(source.bytes);
  try {
    const { variant, weights } = await readWeights(bytes, { shown, ...options });
    return { info: { variant, trained: true, name: source.name, tensors: weights.size }, weights };
  } finally {
    await bytes.close();
  }
}
