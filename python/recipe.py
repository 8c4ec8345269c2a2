"""The stages of the recipe, and what of a step depends on its number alone."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

STAGES = Path(__file__).with_name("stages.json")
"""Those of src/recipes/defaultStages.ts; a test compares them."""


@dataclass(frozen=True)
class Stage:
    """A part of the training; each begins with what the one before it learned."""

    name: str
    network: str
    """`convolutions`: on small standardised pictures, under a mean of each map; or `whole`."""
    batch: int
    stored_side: int
    """The side of the pictures that crops are cut from."""
    learns: frozenset[str]
    plan: dict[str, Any]
    """A TrainingPlan of src/engine/train/training.ts, its keys in that order: a checkpoint belongs
    to one plan."""
    classes: tuple[int, ...]
    """The classes of the pictures, ImageNet's indices."""

    @property
    def document(self) -> str:
        """The id by which src knows the network."""
        return "keras" if self.network == "whole" else "keras-convolutions"

    @property
    def standardised(self) -> bool:
        """Whether every channel of a picture has mean 0 and deviation 1."""
        return self.network != "whole"

    @property
    def side(self) -> int:
        """Of the network's input."""
        return 224 if self.network == "whole" else 112

    def output_of(self, label: int) -> int:
        """The label of a picture, an index of ImageNet's, among the network's outputs."""
        return label if self.network == "whole" else self.classes.index(label)


def read_stages(path: Path, classes: tuple[int, ...]) -> list[Stage]:
    """The stages of a file such as stages.json for pictures of these classes; raises a ValueError."""
    return [_stage(given, classes) for given in json.loads(path.read_text())]


def _stage(given: dict[str, Any], classes: tuple[int, ...]) -> Stage:
    plan = given["plan"]
    for what, value, known in (
        ("network", given["network"], ("convolutions", "whole")),
        ("schedule", plan["schedule"]["kind"], ("oneCycle",)),
        ("optimiser", plan["optimiser"]["kind"], ("sgd",)),
    ):
        if value not in known:
            wanted = " or ".join(known)
            raise ValueError(f"{given['name']}: the {what} {value!r} is not known here: {wanted}")
    if given["network"] == "whole":
        plan = {**plan, "objective": {"classes": list(classes), **plan["objective"]}}
    return Stage(
        name=given["name"],
        network=given["network"],
        batch=given["batch"],
        stored_side=given["storedSide"],
        learns=frozenset(given["learns"]),
        plan=plan,
        classes=classes,
    )


def rate_at(schedule: dict[str, Any], step: int, steps: int) -> float:
    """The learning rate of a step: up for a share of the steps, then down, each half a cosine
    (learningRate.ts)."""
    rate, start = schedule["rate"], schedule["rate"] / 25
    peak = max(0.0, schedule["warmUp"] * steps - 1)
    if step < peak:
        return _between(start, rate, step / peak)
    rest = steps - 1 - peak
    return _between(rate, start / 1e4, 1 if rest <= 0 else (step - peak) / rest)


def _between(low: float, high: float, share: float) -> float:
    return high + (low - high) * (1 + math.cos(math.pi * share)) / 2


def momentum_after(steps: int) -> float:
    """The momentum of batch normalisation's moving statistics: smaller at first (trainableModel.ts)."""
    return min(0.99, (1 + steps) / (10 + steps))
