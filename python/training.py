"""A network that learns, epoch after epoch; a checkpoint is on disk after each (src/engine/train/training.ts)."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

import network
from batches import Batch, Batches
from checkpoint import Checkpoint, read_checkpoint, write_checkpoint
from draws import Draws
from recipe import Stage, momentum_after, rate_at
from steps import Steps
from workers import Workers


class Training:
    """A stage of the recipe under way."""

    def __init__(
        self,
        stage: Stage,
        batches: tuple[Batches, Batches],
        learned: Mapping[str, np.ndarray],
        checkpoint: Path,
        workers: Workers,
    ) -> None:
        """Begins with what was learned, or goes on from the checkpoint; `batches` are those of the
        pictures to learn and those held out. Raises a ValueError for another training's checkpoint."""
        self._stage, self._workers, self._place = stage, workers, checkpoint
        self._batches, self._held_out = batches
        kept = read_checkpoint(checkpoint)
        self.state: dict[str, Any] = kept.state if kept else _beginning(stage)
        if self.state["plan"] != stage.plan:
            raise ValueError(
                f"{checkpoint} belongs to a training with other settings: move it away or use those"
            )
        workers.agree("steps behind it", self.state["step"])
        workers.agree("pictures", self._batches.pictures)
        with workers.strategy.scope():
            self.model = network.build(stage, workers.replicas)
            self._optimizer = network.CoupledSgd(stage.plan["optimiser"])
            self._optimizer.build(self.model.trainable_variables)
        begun = {**learned, **(kept.weights if kept else {})}
        network.start(self.model, begun, stage.plan["seed"])
        for name, velocity in self._velocities().items():
            if kept and name in kept.velocities:
                velocity.assign(kept.velocities[name])
        self._steps = Steps(self.model, self._optimizer, workers, stage.plan["objective"])
        self._ahead = ThreadPoolExecutor(1)

    def run(
        self, on_step: Callable[[dict[str, Any]], None], on_epoch: Callable[[dict[str, Any]], None]
    ) -> None:
        """Runs until the last epoch's end. Raises an ArithmeticError for a loss that is no number."""
        state, count = self.state, self._batches.count
        epochs = self._stage.plan["epochs"]
        ahead = None
        while len(state["history"]) < epochs:
            if state["step"] >= (len(state["history"]) + 1) * count:
                self._end_epoch()
                on_epoch(state["history"][-1])
                continue
            step = state["step"]
            prepared = (ahead or self._prepare(step)).result()
            # While this step runs.
            ahead = self._prepare(step + 1) if step + 1 < epochs * count else None
            on_step(self._take_step(*prepared))

    def _prepare(self, step: int) -> Future[tuple[Batch, list[np.ndarray]]]:
        """This process' part of a step's batch, and what its dropouts keep."""
        epoch, batch = divmod(step, self._batches.count)
        size = self._batches.size(batch)
        part = self._part(size)
        seed = Draws(self._stage.plan["seed"], "dropout", step).whole()
        return self._ahead.submit(
            lambda: (
                self._batches.varied(batch, epoch, part),
                network.drawn_kept(self.model, seed, size, part),
            )
        )

    def _part(self, pictures: int) -> slice:
        start, *_, end = self._workers.bounds(pictures)
        return slice(start, end)

    def _take_step(self, batch: Batch, kept: list[np.ndarray]) -> dict[str, Any]:
        started = time.perf_counter()
        state, plan, count = self.state, self._stage.plan, self._batches.count
        steps = plan["epochs"] * count
        rate = rate_at(plan["schedule"], state["step"], steps)
        size = self._batches.size(state["step"] % count)
        self._optimizer.learning_rate = rate
        loss, correct = self._steps.learn(batch, kept, size, momentum_after(state["step"]))
        if not math.isfinite(loss):
            raise ArithmeticError(
                f"the loss is no number after {state['step']} steps "
                f"at a learning rate of {rate:.3g}: lower it"
            )
        state["step"] += 1
        state["loss"] += loss * size
        state["correct"] += correct
        state["seen"] += size
        return {
            "step": state["step"],
            "steps": steps,
            "epoch": len(state["history"]),
            "rate": rate,
            "loss": loss,
            "accuracy": correct / size,
            "meanLoss": state["loss"] / state["seen"],
            "meanAccuracy": state["correct"] / state["seen"],
            "picturesPerSecond": size / (time.perf_counter() - started),
        }

    def _end_epoch(self) -> None:
        state = self.state
        seen = state["seen"]
        result: dict[str, Any] = {"loss": state["loss"] / seen, "accuracy": state["correct"] / seen}
        if self._held_out.pictures > 0:
            result["heldOut"] = self._validate()
        state["history"].append(result)
        state.update(loss=0.0, correct=0, seen=0)
        if self._workers.index == 0:
            self._save()

    def _validate(self) -> dict[str, float]:
        """How well the pictures held out are classified, as at inference."""
        loss, correct = 0.0, 0
        for at in range(self._held_out.count):
            size = self._held_out.size(at)
            batch = self._held_out.plain(at, self._part(size))
            of_batch = self._steps.classify(batch, size)
            loss += of_batch[0] * size
            correct += of_batch[1]
        pictures = self._held_out.pictures
        return {"loss": loss / pictures, "accuracy": correct / pictures}

    def _save(self) -> None:
        learning = network.weights_of(self.model, learning=True)
        weights = {name: weight.numpy() for name, weight in learning}
        velocities = {name: velocity.numpy() for name, velocity in self._velocities().items()}
        kept = Checkpoint(weights, velocities, self.state)
        write_checkpoint(self._place, self._stage.document, kept)

    def _velocities(self) -> dict[str, Any]:
        names = {id(weight): name for name, weight in network.weights_of(self.model)}
        moved = zip(self.model.trainable_variables, self._optimizer.velocities, strict=True)
        return {names[id(weight)]: velocity for weight, velocity in moved}

    def learned(self) -> dict[str, np.ndarray]:
        """All weights of the network, those that do not learn too."""
        return {name: weight.numpy() for name, weight in network.weights_of(self.model)}

    def close(self) -> None:
        """Ends its threads."""
        self._ahead.shutdown()
        for batches in (self._batches, self._held_out):
            batches.close()


def _beginning(stage: Stage) -> dict[str, Any]:
    """The state of a training that has taken no step; loss, correct and seen are sums over an epoch."""
    sums = {"loss": 0.0, "correct": 0, "seen": 0}
    return {"plan": stage.plan, "step": 0, **sums, "history": []}
