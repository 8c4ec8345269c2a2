"""Times what explains the default network in what this Python has: pytorch-grad-cam, captum.

python explain_peers.py RUNS THREADS   (prints a line of JSON for each measure or absence)
"""
import json
import sys
import time

from own_process import run_each
from peer_networks import torch_network

runs, threads = int(sys.argv[1]), int(sys.argv[2])


def measure(part, name, run):
    for _ in range(2):
        run()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        run()
        times.append((time.perf_counter() - start) * 1000)
    print(json.dumps({"part": part, "name": name, "values": times}), flush=True)


def network():
    import torch

    torch.set_num_threads(threads)
    return torch_network().eval(), torch.rand(1, 3, 224, 224)


def grad_cam_peer():
    from importlib.metadata import version

    from pytorch_grad_cam import GradCAM
    from pytorch_grad_cam.utils.model_targets import ClassifierOutputTarget

    net, picture = network()
    # The ReLU after the last convolution.
    cam = GradCAM(net, [net[14]])
    run = lambda: cam(picture, [ClassifierOutputTarget(0)])
    measure(f"pytorch-grad-cam {version('grad-cam')}", "Grad-CAM of a run", run)


def captum_peer():
    import captum
    from captum.attr import Occlusion, Saliency

    net, picture = network()
    part = f"captum {captum.__version__}"
    measure(part, "gradient to the picture", lambda: Saliency(net).attribute(picture.requires_grad_(), target=0))
    occlusion = Occlusion(net)
    # 16 windows, as many as ours has run by then; it wants them to overlap.
    windows = {"sliding_window_shapes": (3, 64, 64), "strides": (3, 54, 54), "perturbations_per_eval": 16}
    measure(part, "occlusion, the first map", lambda: occlusion.attribute(picture.detach(), target=0, **windows))


run_each({"pytorch-grad-cam": grad_cam_peer, "captum": captum_peer})
