import type { ExplanationMethod } from '../../protocol/explanation';
import { camMethod } from './camMethod';
import type { Method } from './method';
import { gradientXInput, signalOf } from './pixelMaps';

/** How each method explains. */
export const methods: { readonly [M in ExplanationMethod]?: Method<M> } = {
  saliency: signalOf('gradient'),
  gradientXInput,
  guidedBackprop: signalOf('guided'),
  deconvnet: signalOf('deconvnet'),
  gradCam: camMethod('gradCam'),
  gradCamPlusPlus: camMethod('gradCamPlusPlus'),
  hiResCam: camMethod('hiResCam'),
  layerCam: camMethod('layerCam'),
};
