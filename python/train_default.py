"""Trains the weights of the default network: the recipe of src/recipes by Keras, on one GPU, on many,
or on several workers. docs/training.md says how it is run."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

# TensorFlow reads it when it is imported.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import numpy as np

import network
from batches import Batches
from checkpoint import Checkpoint, write_checkpoint
from pictures import LabelledPicture, PictureStore, labelled_folder, split
from recipe import STAGES, Stage, read_stages
from training import Training
from workers import Workers, find_workers

Log = Callable[..., None]


def main() -> None:
    """Runs all stages, or goes on where a run was ended."""
    options = _options()
    # Before anything else: TensorFlow has to know its workers first.
    workers = find_workers()
    pictures = labelled_folder(options.folder)
    classes = tuple(sorted({picture.label for picture in pictures}))
    learned: dict[str, np.ndarray] = {}
    for stage in read_stages(options.stages, classes):
        log = _log_to(options.out / "log.jsonl", stage.name, workers)
        learned = _run_stage(stage, options, pictures, learned, workers, log)
        log(what="end")
    # Nobody leaves while the first still writes.
    workers.agree("stages behind it", len(learned))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    folder = "has a folder of pictures per class, named by its WordNet id"
    parser.add_argument("folder", type=Path, help=folder)
    out = "checkpoints, log and decoded pictures are kept here"
    parser.add_argument("--out", type=Path, required=True, help=out)
    stages = "other stages than those of stages.json"
    parser.add_argument("--stages", type=Path, default=STAGES, help=stages)
    lines = "how often a line is logged within an epoch"
    parser.add_argument("--steps-per-line", type=int, default=20, help=lines)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    return options


def _run_stage(
    stage: Stage,
    options: argparse.Namespace,
    pictures: list[LabelledPicture],
    learned: dict[str, np.ndarray],
    workers: Workers,
    log: Log,
) -> dict[str, np.ndarray]:
    """Runs a stage to its end; returns all that was learned until then."""
    store = _open_store(stage, options.out, pictures, workers, log)
    chosen, held_out = split(len(store.labels), stage.plan["seed"])
    batches = Batches(stage, store, chosen), Batches(stage, store, held_out)
    checkpoint = options.out / stage.name / "checkpoint.safetensors"
    training = Training(stage, batches, learned, checkpoint, workers)
    history = training.state["history"]
    log(what="begin", epochs=stage.plan["epochs"], done=len(history), pictures=len(chosen))

    def on_step(figures: dict[str, Any]) -> None:
        if figures["step"] % options.steps_per_line == 0:
            log(what="step", **figures, **_memory())

    def on_epoch(result: dict[str, Any]) -> None:
        log(what="epoch", epoch=len(history) - 1, **result)
        if stage.network == "whole" and workers.index == 0:
            whole = Checkpoint(training.learned(), {}, training.state)
            write_checkpoint(options.out / "weights.safetensors", stage.document, whole)

    try:
        training.run(on_step, on_epoch)
    finally:
        training.close()
    learned = {**learned, **training.learned()}
    return network.of_plain_pixels(learned) if stage.standardised else learned


def _open_store(
    stage: Stage, out: Path, pictures: list[LabelledPicture], workers: Workers, log: Log
) -> PictureStore:
    # One for each worker: nobody waits for another's disk.
    folder = out / "pictures" / f"keras-{workers.index}"

    def on_picture(done: int, count: int) -> None:
        if done % 1000 == 0:
            log(what="decoded", done=done, count=count)

    store = PictureStore.open(folder, pictures, stage.stored_side, on_picture)
    for broken in store.broken:
        log(what="broken", **broken)
    return store


def _memory() -> dict[str, int]:
    """The most memory that this process has had, in MiB, where that is known."""
    try:
        import resource
    except ImportError:
        # Windows has none.
        return {}
    largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"residentMiB": largest // (2**20 if sys.platform == "darwin" else 2**10)}


def _log_to(path: Path, stage: str, workers: Workers) -> Log:
    """One line of JSON at a time, on the terminal too; only the first worker's."""

    def log(**line: Any) -> None:
        if workers.index != 0:
            return
        time = datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        text = json.dumps(_rounded({"time": time, "stage": stage, **line}))
        with path.open("a") as file:
            file.write(f"{text}\n")
        print(text, flush=True)

    return log


def _rounded(value: Any) -> Any:
    """Five digits of every fraction."""
    if isinstance(value, dict):
        return {key: _rounded(each) for key, each in value.items()}
    return float(f"{value:.5g}") if isinstance(value, float) else value


if __name__ == "__main__":
    main()
