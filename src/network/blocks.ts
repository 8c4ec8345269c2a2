import type { Network } from './network';

/** A run of layers that people name together: a convolution with what follows it, or the classifier. */
export interface Block {
  readonly title: string;
  readonly layers: readonly string[];
}

/** Conv block 1…n, then the classifier from the first layer that is no longer convolutional. The input stands alone. */
export function blocks(network: Network): readonly Block[] {
  const found: { title: string; layers: string[] }[] = [];
  let convolutions = 0;
  let classifier = false;
  for (const layer of network.layers) {
    if (layer.kind === 'InputLayer') continue;
    if (layer.kind === 'Conv2D') found.push({ title: `conv block ${++convolutions}`, layers: [] });
    if (!classifier && (layer.kind === 'Flatten' || layer.kind === 'AdaptiveAveragePooling2D')) {
      classifier = true;
      found.push({ title: 'classifier', layers: [] });
    }
    found.at(-1)?.layers.push(layer.name);
  }
  return found;
}
