import type { ModelDocument } from '../../network/modelDocument';
import { NetworkError } from '../../network/tensor/networkError';
import type { CodeFramework } from '../../protocol/codeFrameworks';
import type { SaveFormat } from '../../protocol/engineProtocol';
import { kerasCode } from './code/keras/kerasCode';
import type { NetworkCode } from './code/layerCode';
import { pytorchCode } from './code/pytorch/pytorchCode';
import { tfjsCode } from './code/tfjs/tfjsCode';

interface Framework {
  readonly title: string;
  /** The ending of the file of code, and of the weights of the same name beside it. */
  readonly extension: string;
  readonly weightsEnd: string;
  readonly format: SaveFormat;
  readonly write: (document: ModelDocument) => NetworkCode;
}

export const frameworks: Readonly<Record<CodeFramework, Framework>> = {
  pytorch: {
    ...{ title: 'PyTorch', extension: 'py', weightsEnd: '.weights.safetensors' },
    ...{ format: 'safetensors', write: pytorchCode },
  },
  keras: {
    ...{ title: 'Keras', extension: 'py', weightsEnd: '.weights.npz' },
    ...{ format: 'npz', write: kerasCode },
  },
  tfjs: {
    ...{ title: 'TensorFlow.js', extension: 'mjs', weightsEnd: '.weights.json' },
    ...{ format: 'tfjs', write: tfjsCode },
  },
};

/** Throws one sentence, which names the layer at fault and what to do, where a network cannot be written. */
export function networkCode(document: ModelDocument, framework: CodeFramework): NetworkCode {
  const { title, write } = frameworks[framework];
  try {
    return write(document);
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    throw new Error(
      `${error.message}: the network cannot be written for ${title} as it is; mend that layer, or export the network as JSON`,
      { cause: error },
    );
  }
}
