"""Pictures in batches as the network takes them, varied as src/engine/train does (augmentation.ts, prepare.ts)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from PIL import Image

from draws import Draws
from pictures import PictureStore
from recipe import Stage

MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
"""ImageNet's, of each channel of pixels from 0 to 1."""

LUMA = (0.299, 0.587, 0.114)
"""Of red, green and blue (ITU-R BT.601)."""


@dataclass(frozen=True)
class View:
    """What of a picture is seen and how; the part (left, top, right, bottom) in shares of its sides."""

    part: tuple[float, float, float, float] = (0, 0, 1, 1)
    flipped: bool = False
    colour: tuple[float, ...] | None = None
    """Factors of brightness, contrast and saturation."""


def draw_view(augmentation: dict[str, Any], draws: Draws) -> View:
    """Draws how a picture is seen this time, as torchvision's RandomResizedCrop and ColorJitter."""
    area, aspect, across, down = (draws.next() for _ in range(4))
    flipped = draws.next() < 0.5 and augmentation["flip"]
    range_ = augmentation["colour"]
    factors = tuple(draws.between(1 - range_, 1 + range_) for _ in range(3))
    colour = None if range_ == 0 else factors
    crop = augmentation.get("crop")
    if crop is None:
        return View(flipped=flipped, colour=colour)
    least, most = crop["area"]
    share = least + (most - least) * area
    narrow, wide = map(math.log, crop["aspect"])
    ratio = math.exp(narrow + (wide - narrow) * aspect)
    width = min(1.0, math.sqrt(share * ratio))
    height = min(1.0, math.sqrt(share / ratio))
    left, top = (1 - width) * across, (1 - height) * down
    return View((left, top, left + width, top + height), flipped, colour)


class Preparing:
    """Turns stored pictures into a network's input."""

    def __init__(self, side: int, standardised: bool) -> None:
        self.side = side
        mean, std = (MEAN, STD) if standardised else ((0, 0, 0), (1, 1, 1))
        units = np.arange(256)[:, None] * (1 / 255)
        # Of each byte and channel; computed in double precision and rounded once.
        self._table = ((units - mean) / std).astype(np.float32)

    def prepare(self, stored: np.ndarray, view: View) -> np.ndarray:
        """A picture as a view shows it, [side, side, 3]."""
        height, width, _ = stored.shape
        box = tuple(share * size for share, size in zip(view.part, (width, height) * 2))
        size = (self.side, self.side)
        seen = Image.fromarray(stored).resize(size, Image.Resampling.BILINEAR, box)
        pixels = np.asarray(seen)
        if view.colour:
            pixels = _recoloured(pixels, *view.colour)
        if view.flipped:
            pixels = pixels[:, ::-1]
        return self._table[pixels, np.arange(3)]


def _recoloured(
    pixels: np.ndarray, brightness: float, contrast: float, saturation: float
) -> np.ndarray:
    """Brightness, then contrast about the mean grey, then saturation about each pixel's own."""
    grey = pixels @ np.array(LUMA)
    factor = brightness * contrast
    shift = grey.mean() * brightness * (1 - contrast)
    own = grey * factor * (1 - saturation) + shift
    values = pixels * (factor * saturation) + own[..., None]
    return np.clip(np.rint(values), 0, 255).astype(np.uint8)


@dataclass(frozen=True)
class Batch:
    """Pictures [n, side, side, 3] and the output that each belongs to."""

    pictures: np.ndarray
    labels: np.ndarray


class Batches:
    """Some pictures of a store in batches, equally large but for one picture."""

    def __init__(self, stage: Stage, store: PictureStore, indices: Sequence[int]) -> None:
        self._stage, self._store, self._indices = stage, store, indices
        self._preparing = Preparing(stage.side, stage.standardised)
        self._threads = ThreadPoolExecutor()
        seed = stage.plan["seed"]
        self._order = cache(lambda epoch: Draws(seed, "order", epoch).order(len(indices)))

    @property
    def pictures(self) -> int:
        """How many there are."""
        return len(self._indices)

    @property
    def count(self) -> int:
        """How many batches an epoch has."""
        return math.ceil(self.pictures / self._stage.batch)

    def size(self, batch: int) -> int:
        """How many pictures a batch has."""
        return len(self._span(batch))

    def plain(self, batch: int, part: slice) -> Batch:
        """A part of a batch as at inference, in the order of the store."""
        chosen = [self._indices[at] for at in self._span(batch)][part]
        return self._make(chosen, [View()] * len(chosen))

    def varied(self, batch: int, epoch: int, part: slice) -> Batch:
        """A part of a batch of an epoch in training; it depends on the seed, the epoch and its number alone."""
        plan, order = self._stage.plan, self._order(epoch)
        chosen = [self._indices[order[at]] for at in self._span(batch)][part]
        draws = (Draws(plan["seed"], "view", epoch, picture) for picture in chosen)
        return self._make(chosen, [draw_view(plan["augmentation"], each) for each in draws])

    def _span(self, batch: int) -> range:
        start, end = (at * self.pictures // self.count for at in (batch, batch + 1))
        return range(start, end)

    def _make(self, chosen: Sequence[int], views: Sequence[View]) -> Batch:
        stored = (np.asarray(self._store.pixels[picture]) for picture in chosen)
        side = self._preparing.side
        pictures = np.empty((len(chosen), side, side, 3), np.float32)
        for at, picture in enumerate(self._threads.map(self._preparing.prepare, stored, views)):
            pictures[at] = picture
        labels = [self._stage.output_of(self._store.labels[picture]) for picture in chosen]
        return Batch(pictures, np.array(labels, np.int64))

    def close(self) -> None:
        """Ends its threads."""
        self._threads.shutdown()
