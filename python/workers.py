"""How the work is shared between the GPUs of a machine, or of several, by tf.distribute."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass

import tensorflow as tf


@dataclass(frozen=True)
class Workers:
    """All who train together, and this process' place among them."""

    strategy: tf.distribute.Strategy
    first: int
    """The first of this process' replicas among all."""
    local: int
    """How many replicas this process has."""
    index: int
    """This process' number; the first writes what is kept."""

    @property
    def replicas(self) -> int:
        """How many copies of the network there are, a GPU or a processor each."""
        return self.strategy.num_replicas_in_sync

    def bounds(self, pictures: int) -> list[int]:
        """Where the parts of this process' replicas begin in a batch of so many pictures, and where the last ends."""
        own = range(self.first, self.first + self.local + 1)
        return [replica * pictures // self.replicas for replica in own]

    def agree(self, what: str, number: int) -> None:
        """Waits for all and raises a ValueError where they have different numbers of something."""
        if int(_total(self.strategy, tf.constant(number))) != number * self.replicas:
            raise ValueError(f"worker {self.index} has {number} {what}, others have not: {SHARED}")


@tf.function
def _total(strategy: tf.distribute.Strategy, number: tf.Tensor) -> tf.Tensor:
    return strategy.reduce("SUM", strategy.run(lambda: tf.identity(number)), None)


SHARED = "give all workers the same FOLDER, --out and --stages, in folders that all of them see"


def find_workers() -> Workers:
    """Several workers where TF_CONFIG lists them, else all GPUs of this machine, else what there is."""
    config = json.loads(os.environ.get("TF_CONFIG", "{}"))
    peers = config.get("cluster", {}).get("worker", [])
    if len(peers) > 1:
        strategy = tf.distribute.MultiWorkerMirroredStrategy()
        local = strategy.num_replicas_in_sync // len(peers)
        index = int(config["task"]["index"])
        return Workers(strategy, first=index * local, local=local, index=index)
    if len(tf.config.list_logical_devices("GPU")) > 1:
        mirrored = tf.distribute.MirroredStrategy()
        return Workers(mirrored, first=0, local=mirrored.num_replicas_in_sync, index=0)
    return Workers(tf.distribute.get_strategy(), first=0, local=1, index=0)
