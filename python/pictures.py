"""The pictures of a labelled folder, decoded once into a file of pixels of one size."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageOps

from draws import Draws

HELD_OUT_SHARE = 0.1
"""The share of the pictures that no stage learns from."""

SYNSETS = Path(__file__).with_name("synsets.txt")
"""The WordNet ids of ImageNet's classes, in their order."""


@dataclass(frozen=True)
class LabelledPicture:
    """An encoded picture and its class, an index of ImageNet's."""

    path: Path
    label: int


def labelled_folder(folder: Path) -> list[LabelledPicture]:
    """The files of a folder that has a folder per class, named by its WordNet id, or such folders
    in one called train."""
    below = folder / "train"
    folder = below if below.is_dir() else folder
    labels = {synset: label for label, synset in enumerate(SYNSETS.read_text().split())}
    pictures: list[LabelledPicture] = []
    for home in sorted(path for path in folder.iterdir() if path.is_dir()):
        if home.name not in labels:
            raise ValueError(f"{home} is not named by a WordNet id of ImageNet")
        pictures += [LabelledPicture(path, labels[home.name]) for path in sorted(home.iterdir())]
    if not pictures:
        raise ValueError(
            f"{folder} has no folders of pictures: give the one that holds a folder per class"
        )
    return pictures


def split(count: int, seed: int) -> tuple[list[int], list[int]]:
    """Which of the pictures are learned from, and which are held out, the same in every stage."""
    order = Draws(seed, "held out").order(count)
    held_out = math.floor(count * HELD_OUT_SHARE + 0.5)
    return order[held_out:], order[:held_out]


@dataclass(frozen=True)
class PictureStore:
    """Pixels [pictures, side, side, 3], uint8 RGB, in a file; broken pictures are left out and listed."""

    pixels: np.ndarray
    labels: list[int]
    broken: list[dict[str, str]]

    @staticmethod
    def open(
        folder: Path,
        pictures: list[LabelledPicture],
        side: int,
        on_picture: Callable[[int, int], None] = lambda done, count: None,
    ) -> PictureStore:
        """Opens the store of a folder, decoding the pictures unless that was done before."""
        place, listing = folder / f"{side}.npy", folder / f"{side}.json"
        fingerprint = _fingerprint(pictures)
        known: dict[str, Any] = json.loads(listing.read_text()) if listing.exists() else {}
        if known.get("fingerprint") != fingerprint:
            folder.mkdir(parents=True, exist_ok=True)
            listing.unlink(missing_ok=True)
            known = {"fingerprint": fingerprint, **_decode_into(place, pictures, side, on_picture)}
            part = listing.with_suffix(".part")
            part.write_text(json.dumps(known))
            part.replace(listing)
        labels = [pictures[at].label for at in known["kept"]]
        return PictureStore(np.load(place, mmap_mode="r"), labels, known["broken"])


def _fingerprint(pictures: list[LabelledPicture]) -> str:
    digest = hashlib.sha256()
    for picture in pictures:
        about = picture.path.stat()
        digest.update(f"{picture.path} {about.st_size} {about.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _decode_into(
    place: Path, pictures: list[LabelledPicture], side: int, on_picture: Callable[[int, int], None]
) -> dict[str, Any]:
    shape = (len(pictures), side, side, 3)
    pixels = np.lib.format.open_memmap(place, mode="w+", dtype=np.uint8, shape=shape)
    kept: list[int] = []
    broken: list[dict[str, str]] = []
    for at, decoded in enumerate(_all_decoded(pictures, side)):
        if isinstance(decoded, str):
            broken.append({"path": str(pictures[at].path), "why": decoded})
        else:
            pixels[len(kept)] = decoded
            kept.append(at)
        on_picture(at + 1, len(pictures))
    pixels.flush()
    return {"kept": kept, "broken": broken}


def _all_decoded(pictures: list[LabelledPicture], side: int) -> Iterator[np.ndarray | str]:
    """In their order, on all processors, no more than a few ahead of what is taken."""
    ahead = 256
    with ThreadPoolExecutor() as threads:
        for start in range(0, len(pictures), ahead):
            some = pictures[start : start + ahead]
            yield from threads.map(lambda each: _decoded(each, side), some)


def _decoded(picture: LabelledPicture, side: int) -> np.ndarray | str:
    """The picture upright, stretched to a square; or why it cannot be decoded."""
    try:
        with Image.open(picture.path) as opened:
            upright = ImageOps.exif_transpose(opened).convert("RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        # Pillow's decoders raise all of these for damaged files.
        return str(error)
    return np.asarray(upright.resize((side, side), Image.Resampling.BILINEAR))
