"""Times a training of the default network in Keras' fit and in PyTorch, where this Python has them.

python train_peers.py STEPS BATCH THREADS   (prints a line of JSON for each measure or absence)
"""
import json
import os
import sys
import time

from own_process import run_each
from peer_networks import keras_network, torch_network

steps, batch, threads = (int(value) for value in sys.argv[1:4])
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
# Not measured: the first steps are compiled and allocated for.
warm_ups = 2


def tell(part, seconds):
    values = [1000 * each / batch for each in seconds[warm_ups:]]
    print(json.dumps({"part": part, "name": f"training, a picture of {batch}", "values": values}), flush=True)


def keras_peer():
    import keras
    import numpy
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(threads)

    class Clock(keras.callbacks.Callback):
        def __init__(self):
            super().__init__()
            self.seconds = []

        def on_train_batch_end(self, index, logs=None):
            self.seconds.append(time.perf_counter() - self.begun)
            self.begun = time.perf_counter()

        def on_train_begin(self, logs=None):
            self.begun = time.perf_counter()

    model = keras_network()
    model.compile(keras.optimizers.SGD(0.001, momentum=0.9, nesterov=True), "sparse_categorical_crossentropy")
    pictures = numpy.random.rand(batch, 224, 224, 3).astype("float32")
    labels = numpy.arange(batch) % 1000
    clock = Clock()
    everything = tf.data.Dataset.from_tensors((pictures, labels)).repeat(steps + warm_ups)
    model.fit(everything, epochs=1, verbose=0, callbacks=[clock])
    tell(f"Keras fit {keras.__version__}", clock.seconds)


def torch_peer():
    import torch

    torch.set_num_threads(threads)
    net = torch_network().train()
    optimiser = torch.optim.SGD(net.parameters(), 0.001, momentum=0.9, nesterov=True)
    pictures = torch.rand(batch, 3, 224, 224)
    labels = torch.arange(batch) % 1000
    seconds = []
    for _ in range(steps + warm_ups):
        start = time.perf_counter()
        optimiser.zero_grad()
        loss = torch.nn.functional.cross_entropy(net(pictures), labels)
        loss.backward()
        optimiser.step()
        loss.item()
        seconds.append(time.perf_counter() - start)
    tell(f"PyTorch {torch.__version__}", seconds)


run_each({"Keras": keras_peer, "PyTorch": torch_peer})
