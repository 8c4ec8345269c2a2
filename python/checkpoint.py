"""Files of tensors and of a training's state, as src/engine/train/checkpoint.ts writes and reads
them (safetensors)."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

SLOT = "optimiser.0."
"""Before the name of what a weight was moved by."""


@dataclass(frozen=True)
class Checkpoint:
    """Weights by their names, such as conv1.kernel; velocities by the names of their weights; the state."""

    weights: dict[str, np.ndarray]
    velocities: dict[str, np.ndarray]
    state: dict[str, Any]


def read_checkpoint(path: Path) -> Checkpoint | None:
    """What a file holds; None where there is none."""
    if not path.exists():
        return None
    with path.open("rb") as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
        data = np.fromfile(file, np.float32)
    state = json.loads(header.pop("__metadata__")["training"])
    tensors = {}
    for name, about in header.items():
        start, end = (offset // data.itemsize for offset in about["data_offsets"])
        tensors[name] = data[start:end].reshape(about["shape"])
    weights = {name: values for name, values in tensors.items() if not name.startswith(SLOT)}
    velocities = {
        name.removeprefix(SLOT): values for name, values in tensors.items() if name.startswith(SLOT)
    }
    return Checkpoint(weights, velocities, state)


def write_checkpoint(path: Path, document: str, checkpoint: Checkpoint) -> None:
    """Writes beside its place and renames; raises a ValueError for weights that are no numbers."""
    for name, values in checkpoint.weights.items():
        if not np.isfinite(values).all():
            raise ValueError(f"{name} holds values that are no numbers: lower the learning rate")
    slots = {SLOT + name: values for name, values in checkpoint.velocities.items()}
    metadata = {"format": "pt", "variant": document, "training": json.dumps(checkpoint.state)}
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part-keras")
    _write(part, {**checkpoint.weights, **slots}, metadata)
    part.replace(path)


def _write(path: Path, tensors: Mapping[str, np.ndarray], metadata: dict[str, str]) -> None:
    header: dict[str, Any] = {"__metadata__": metadata}
    offset = 0
    for name, values in tensors.items():
        end = offset + values.nbytes
        header[name] = {"dtype": "F32", "shape": values.shape, "data_offsets": [offset, end]}
        offset = end
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with path.open("wb") as file:
        file.write(len(text).to_bytes(8, "little") + text)
        for values in tensors.values():
            file.write(np.ascontiguousarray(values, "<f4").tobytes())
        file.flush()
        os.fsync(file.fileno())
