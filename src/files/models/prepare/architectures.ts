import type { Size } from '../../../network/preprocess/fitSizes';
import type { Preprocess } from '../../../network/preprocess/preprocess';
import { stretchToUnit, torchvisionImageNet } from '../../../network/preprocess/preprocess';
import type { FoundPreprocess } from './foundPreprocess';

/** What tells of which library a model is, and which of its architectures. */
export interface NamedModel {
  /** Such as `Keras 3.15.1` or `ONNX (operators 17) from pytorch`. */
  readonly format: string;
  /** The file's name without its ending, and those of the models in it. */
  readonly names: readonly string[];
}

const wholePixels: Preprocess = { ...stretchToUnit, scale: 1 };
/** From -1 to 1, as Keras' applications of mode "tf" take them. */
const aroundZero: Preprocess = { ...stretchToUnit, scale: 1 / 127.5, mean: [1, 1, 1] };
/** Keras' mode "caffe": BGR, less ImageNet's mean pixel. */
const caffe: Preprocess = { ...wholePixels, order: 'BGR', mean: [103.939, 116.779, 123.68] };
/** Keras' mode "torch". */
const torch: Preprocess = {
  ...stretchToUnit,
  mean: [0.485, 0.456, 0.406],
  std: [0.229, 0.224, 0.225],
};

/** What keras.applications names its models, and what each takes. */
const keras: readonly (readonly [name: RegExp, preprocess: Preprocess])[] = [
  [/^(vgg1[69]|resnet(50|101|152))$/i, caffe],
  [/^densenet\d+$/i, torch],
  [
    /^(resnet\d+v2|inception_v3|inception_resnet_v2|xception|nasnet\w*|mobilenet(v2)?_\d.*)$/i,
    aroundZero,
  ],
];

/** torchvision's families, all prepared alike; a version or a size follows the name. */
const torchvision =
  /^(alexnet|convnext|densenet|efficientnet|googlenet|inception|mnasnet|mobilenet|regnet|resnet|resnext|shufflenet|squeezenet|vgg|wide_resnet)(?![a-z])/i;

/** How pictures of this size are prepared for an architecture that one of the names says; undefined where none does. */
export function byArchitecture(
  { format, names }: NamedModel,
  size: Size,
): FoundPreprocess | undefined {
  if (/pytorch/i.test(format)) {
    const [, family] = names.map((name) => torchvision.exec(name)).find((found) => found) ?? [];
    if (family === undefined) return undefined;
    return { preprocess: cropped(size), source: `by its name, as torchvision’s ${family}` };
  }
  if (!/keras|tensorflow|tf2onnx/i.test(format)) return undefined;
  for (const [pattern, preprocess] of keras) {
    const name = names.find((each) => pattern.test(each));
    if (name !== undefined) return { preprocess, source: `by its name, as Keras’ ${name}` };
  }
  return undefined;
}

/** torchvision cuts 224 pixels out of 256, and 299 out of 342. */
function cropped({ width, height }: Size): Preprocess {
  const shortSide = Math.round((Math.max(width, height) * 256) / 224);
  return { ...torchvisionImageNet, fit: { mode: 'crop', shortSide } };
}
