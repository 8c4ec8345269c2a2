import { IMAGENET_CLASSES } from '@tensorflow-models/mobilenet/dist/imagenet_classes';

/** The name of an ImageNet-1k class, from 0; by index only, as two classes share the name "crane". */
export function labelOf(index: number): string {
  return IMAGENET_CLASSES[index] ?? `class ${index}`;
}

/** The names of all classes, by index. */
export function allLabels(): readonly string[] {
  return Object.keys(IMAGENET_CLASSES).map((index) => labelOf(Number(index)));
}
