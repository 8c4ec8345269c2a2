"""Keras' functional AlexNet, whole (src/library/keras.ts) or its convolutions alone, and how it
runs in training."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from keras import layers

from batches import MEAN, STD
from draws import he_uniform, kept_by_dropout
from recipe import Stage

# Values are drawn afterwards.
Conv2D = partial(layers.Conv2D, padding="same", activation="relu", kernel_initializer="zeros")
Dense = partial(layers.Dense, kernel_initializer="zeros")


def build(stage: Stage, replicas: int) -> keras.Model:
    """The network of a stage; only what learns in it is trainable."""
    image = keras.Input((stage.side, stage.side, 3), name="input")
    x = _convolutions(image, replicas)
    if stage.network == "whole":
        x = layers.Flatten(name="flatten")(x)
        x = Dense(4096, activation="relu", name="fc6")(x)
        x = Dense(4096, activation="relu", name="fc7")(x)
        x = layers.Dropout(0.5, name="drop7")(x)
        x = Dense(1000, activation="softmax", name="fc8")(x)
    else:
        x = layers.GlobalAveragePooling2D(name="mean")(x)
        x = Dense(len(stage.classes), activation="softmax", name="classes")(x)
    model = keras.Model(image, x, name="alexnet")
    for layer in model.layers:
        layer.trainable = layer.name in stage.learns
    return model


def _convolutions(x: keras.KerasTensor, replicas: int) -> keras.KerasTensor:
    # Statistics are those of the whole batch, wherever its pictures are.
    norm = partial(layers.BatchNormalization, synchronized=replicas > 1)
    x = Conv2D(96, 11, strides=4, name="conv1")(x)
    x = norm(name="bn1")(x)
    x = layers.MaxPooling2D(3, strides=2, name="pool1")(x)
    x = Conv2D(256, 5, name="conv2")(x)
    x = norm(name="bn2")(x)
    x = layers.MaxPooling2D(3, strides=2, name="pool2")(x)
    x = Conv2D(384, 3, name="conv3")(x)
    x = Conv2D(384, 3, name="conv4")(x)
    x = Conv2D(256, 3, name="conv5")(x)
    x = norm(name="bn5")(x)
    return layers.MaxPooling2D(3, strides=2, name="pool5")(x)


def weights_of(model: keras.Model, learning: bool = False) -> Iterator[tuple[str, keras.Variable]]:
    """All weights by their names, such as conv1.kernel, in the network's order; or only those of
    layers that learn."""
    for layer in model.layers:
        if layer.trainable or not learning:
            for weight in layer.weights:
                yield f"{layer.name}.{weight.name}", weight


def start(model: keras.Model, learned: Mapping[str, np.ndarray], seed: int) -> None:
    """Gives a network what was learned, and draws the rest."""
    for name, weight in weights_of(model):
        weight.assign(learned[name] if name in learned else _drawn(name, tuple(weight.shape), seed))


def _drawn(name: str, shape: tuple[int, ...], seed: int) -> np.ndarray:
    layer, kind = name.split(".")
    if kind == "kernel":
        return he_uniform(seed, layer, shape)
    return np.full(shape, 1 if kind in ("gamma", "moving_variance") else 0, np.float32)


def logits(model: keras.Model, x: tf.Tensor, kept: list[tf.Tensor] | None = None) -> tf.Tensor:
    """[n, outputs] at inference, or in training with what each dropout keeps."""
    masks = iter(kept or [])
    *hidden, last = model.layers[1:]
    for layer in hidden:
        if isinstance(layer, layers.Dropout):
            x = x if kept is None else x * tf.cast(next(masks), x.dtype) / (1 - layer.rate)
        else:
            x = layer(x, training=kept is not None)
    return tf.matmul(x, last.kernel) + last.bias


def dropouts(model: keras.Model) -> list[tuple[int, layers.Dropout]]:
    """Its dropouts, and the place of each among the layers after the input."""
    places = enumerate(model.layers[1:])
    return [(place, layer) for place, layer in places if isinstance(layer, layers.Dropout)]


def drawn_kept(model: keras.Model, seed: int, pictures: int, part: slice) -> list[np.ndarray]:
    """What each dropout keeps of a part of a batch in a step, as our engine draws it."""
    return [
        kept_by_dropout(seed + place, layer.rate, (pictures, *layer.output.shape[1:]))[part]
        for place, layer in dropouts(model)
    ]


def of_plain_pixels(learned: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Weights that make the same of pixels from 0 to 1 as these of standardised ones (standardised.ts)."""
    kernel, bias = (learned[f"conv1.{kind}"].astype(np.float64) for kind in ("kernel", "bias"))
    kernel = kernel / np.array(STD)[:, None]
    bias = bias - np.einsum("hwcf,c->f", kernel, np.array(MEAN))
    scaled = {"conv1.kernel": kernel.astype(np.float32), "conv1.bias": bias.astype(np.float32)}
    return {**learned, **scaled}


class CoupledSgd(keras.optimizers.Optimizer):
    """SGD with Nesterov momentum, or without; decay · w is a part of the gradient (optimiser.ts)."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        super().__init__(learning_rate=0.0)
        self._settings = settings
        self.velocities: list[keras.Variable] = []

    def build(self, variables: list[keras.Variable]) -> None:
        """Makes a velocity for each variable, in their order."""
        if self.built:
            return
        super().build(variables)
        self.velocities = [self.add_variable_from_reference(each, "velocity") for each in variables]

    def update_step(
        self, gradient: tf.Tensor, variable: tf.Variable, learning_rate: tf.Tensor
    ) -> None:
        """b = momentum · b + g, then b itself; Nesterov's g + momentum · b."""
        momentum, decay = self._settings["momentum"], self._settings["weightDecay"]
        velocity = self.velocities[self._get_variable_index(variable)]
        slope = gradient + decay * variable
        moved = momentum * velocity + slope
        self.assign(velocity, moved)
        change = slope + momentum * moved if self._settings["nesterov"] else moved
        self.assign(variable, variable - learning_rate * change)
