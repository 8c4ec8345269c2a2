"""What is computed for a batch, each replica of the network having its part."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import tensorflow as tf

import network
from batches import Batch
from workers import Workers

NEVER = -1e9
"""Far below any logit, and finite: its softmax is 0 and so is its gradient."""


class Steps:
    """Steps of learning and of looking on, traced once: every worker has to meet the others in the same order."""

    def __init__(
        self,
        model: keras.Model,
        optimizer: keras.optimizers.Optimizer,
        workers: Workers,
        objective: dict[str, Any],
    ) -> None:
        self._model, self._optimizer, self._workers = model, optimizer, workers
        outputs = model.output.shape[-1]
        self._classes = objective.get("classes", range(outputs))
        self._smoothing = objective.get("smoothing", 0.0)
        self._outputs = outputs
        self._closed = np.full(outputs, NEVER, np.float32)
        self._closed[list(self._classes)] = 0
        self._norms = [
            layer for layer in model.layers if isinstance(layer, keras.layers.BatchNormalization)
        ]
        batch = [
            tf.TensorSpec(model.input.shape),
            tf.TensorSpec((None, outputs)),
            tf.TensorSpec((None,), tf.int64),
            tf.TensorSpec((workers.local + 1,), tf.int32),
            tf.TensorSpec(()),
        ]
        kept = [tf.TensorSpec(layer.output.shape, tf.bool) for _, layer in network.dropouts(model)]
        self._learn = tf.function(self._learn_all, [batch, kept, tf.TensorSpec(())])
        self._classify = tf.function(self._classify_all, [batch])

    def learn(
        self, batch: Batch, kept: list[np.ndarray], pictures: int, momentum: float
    ) -> tuple[float, int]:
        """Moves the weights by a batch of so many pictures; its mean loss and how many were right before that."""
        loss, correct = self._learn(self._tensors(batch, pictures), _tensors(kept), momentum)
        return float(loss), int(correct)

    def classify(self, batch: Batch, pictures: int) -> tuple[float, int]:
        """A batch's mean loss and how many are right, as at inference."""
        loss, correct = self._classify(self._tensors(batch, pictures))
        return float(loss), int(correct)

    def _tensors(self, batch: Batch, pictures: int) -> list[tf.Tensor]:
        bounds = self._workers.bounds(pictures)
        parts = np.array(bounds, np.int32) - bounds[0]
        targets = np.zeros((len(batch.labels), self._outputs), np.float32)
        if self._smoothing > 0:
            targets[:, list(self._classes)] = self._smoothing / len(self._classes)
        targets[np.arange(len(batch.labels)), batch.labels] += 1 - self._smoothing
        return _tensors([batch.pictures, targets, batch.labels, parts, np.float32(pictures)])

    def _learn_all(
        self, batch: list[tf.Tensor], kept: list[tf.Tensor], momentum: tf.Tensor
    ) -> tuple[tf.Tensor, tf.Tensor]:
        for norm in self._norms:
            # Another one in every step, which Keras' layers have no way to be told.
            norm.momentum = momentum

        def replica() -> tuple[tf.Tensor, tf.Tensor]:
            own = self._own(batch[3])
            with tf.GradientTape() as tape:
                logits = network.logits(self._model, batch[0][own], [mask[own] for mask in kept])
                loss, correct = self._judge(logits, batch, own)
            variables = self._model.trainable_variables
            # Sums the gradients of all replicas.
            self._optimizer.apply(tape.gradient(loss, variables), variables)
            return loss, correct

        return self._summed(replica)

    def _classify_all(self, batch: list[tf.Tensor]) -> tuple[tf.Tensor, tf.Tensor]:
        def replica() -> tuple[tf.Tensor, tf.Tensor]:
            own = self._own(batch[3])
            return self._judge(network.logits(self._model, batch[0][own]), batch, own)

        return self._summed(replica)

    def _own(self, bounds: tf.Tensor) -> slice:
        """The part of a replica in what its process has of a batch."""
        context = tf.distribute.get_replica_context()
        at = context.replica_id_in_sync_group - self._workers.first
        return slice(bounds[at], bounds[at + 1])

    def _judge(
        self, logits: tf.Tensor, batch: list[tf.Tensor], own: slice
    ) -> tuple[tf.Tensor, tf.Tensor]:
        """A replica's share of the mean cross-entropy over the batch, and how many of its pictures are right."""
        _, targets, labels, _, pictures = batch
        among = logits + self._closed
        loss = -tf.reduce_sum(tf.nn.log_softmax(among) * targets[own]) / pictures
        right = tf.equal(tf.argmax(among, -1), labels[own])
        return loss, tf.reduce_sum(tf.cast(right, tf.int32))

    def _summed(self, replica: Any) -> tuple[tf.Tensor, tf.Tensor]:
        strategy = self._workers.strategy
        loss, correct = strategy.run(replica)
        return strategy.reduce("SUM", loss, None), strategy.reduce("SUM", correct, None)


def _tensors(arrays: list[Any]) -> list[tf.Tensor]:
    # Each GPU takes its own part from here.
    with tf.device("CPU"):
        return [tf.convert_to_tensor(each) for each in arrays]
