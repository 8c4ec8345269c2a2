"""Times the default network in what this Python has: Keras, PyTorch, onnxruntime.

python peers.py MODEL.onnx RUNS THREADS   (prints a line of JSON for each measure or absence)
"""
import json
import os
import re
import sys
import tempfile
import time

from own_process import run_each
from peer_networks import keras_network, torch_network

path, runs, threads = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"


def measure(name, version, run):
    for _ in range(3):
        run()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        run()
        times.append((time.perf_counter() - start) * 1000)
    print(json.dumps({"part": f"{name} {version}", "name": "forward pass", "values": times}), flush=True)


def keras_peer():
    import tensorflow as tf
    import keras

    tf.config.threading.set_intra_op_parallelism_threads(threads)
    model = keras_network()
    picture = tf.random.uniform((1, 224, 224, 3))
    compiled = tf.function(lambda t: model(t, training=False))
    measure("Keras compiled", keras.__version__, lambda: compiled(picture).numpy())
    array = picture.numpy()
    measure("Keras predict", keras.__version__, lambda: model.predict(array, verbose=0))


def torch_peer():
    import torch
    from torch import nn

    torch.set_num_threads(threads)
    net = nn.Sequential(torch_network(), nn.Softmax(1)).eval()
    picture = torch.rand(1, 3, 224, 224)
    with torch.inference_mode():
        measure("PyTorch", torch.__version__, lambda: net(picture))


def onnxruntime_peer():
    import numpy
    import onnxruntime

    def session(profile):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.enable_profiling = profile is not None
        options.profile_file_prefix = profile or ""
        return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])

    picture = numpy.random.rand(1, 3, 224, 224).astype("float32")
    part, version = "onnxruntime (Python)", onnxruntime.__version__
    timed = session(None)
    measure(part, version, lambda: timed.run(None, {"input": picture}))
    with tempfile.TemporaryDirectory() as folder:
        profiled = session(os.path.join(folder, "profile"))
        for _ in range(runs + 3):
            profiled.run(None, {"input": picture})
        with open(profiled.end_profiling()) as file:
            events = json.load(file)
    print(json.dumps({"part": f"{part} {version}", "layers": by_layer(events, runs)}), flush=True)


def by_layer(events, last):
    """Milliseconds of each layer in the last runs; what onnxruntime adds, such as reordering, goes to "flatten"."""
    layers = {}
    at = -1
    for event in events:
        if event.get("name") == "model_run":
            continue
        if event.get("cat") != "Node" or not event["name"].endswith("_kernel_time"):
            continue
        found = re.search(r"(conv|bn|pool|fc)\d", event["name"])
        layer = found.group(0) if found else "flatten"
        if layer == "conv1":
            at += 1
        times = layers.setdefault(layer, {})
        times[at] = times.get(at, 0) + event["dur"] / 1000
    return {name: [value for run, value in sorted(times.items())][-last:] for name, times in layers.items()}


run_each({"Keras": keras_peer, "PyTorch": torch_peer, "onnxruntime": onnxruntime_peer})
