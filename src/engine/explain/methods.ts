import type { ExplanationMethod } from '../../protocol/explanation';
import { ablationCam } from './ablationCam';
import { camMethod, gradCam } from './camMethod';
import { eigenCam } from './eigenCam';
import { integratedGradients } from './integratedGradients';
import { lrp } from './lrp';
import type { Method } from './method';
import { occlusion } from './occlusion';
import { gradientXInput, signalOf } from './pixelMaps';
import { scoreCam } from './scoreCam';
import { smoothGrad } from './smoothGrad';

/** Every method; the compiler checks that none is missing. */
export const methods: { readonly [M in ExplanationMethod]: Method<M> } = {
  saliency: signalOf('gradient'),
  gradientXInput,
  smoothGrad,
  integratedGradients,
  guidedBackprop: signalOf('guided'),
  deconvnet: signalOf('deconvnet'),
  lrp,
  gradCam,
  gradCamPlusPlus: camMethod('gradCamPlusPlus'),
  hiResCam: camMethod('hiResCam'),
  layerCam: camMethod('layerCam'),
  eigenCam,
  scoreCam,
  ablationCam,
  occlusion,
};
