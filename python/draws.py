"""Random numbers that depend on nothing but what they are drawn for: bit for bit those of src."""

from __future__ import annotations

import math

import numpy as np

WORD = 0xFFFFFFFF


class Draws:
    """Numbers for a purpose such as (seed, "order", epoch); those of src/engine/train/draws.ts."""

    def __init__(self, *purpose: str | int) -> None:
        self._stream = _mix(_fnv("/".join(map(str, purpose))))
        self._count = 0

    def whole(self) -> int:
        """From 0 to 2³² - 1."""
        self._count += 1
        return _mix(_mix(self._count * 0x9E3779B9 & WORD) ^ self._stream)

    def next(self) -> float:
        """From 0 to below 1."""
        return self.whole() / 2**32

    def between(self, low: float, high: float) -> float:
        """From `low` to below `high`."""
        return low + (high - low) * self.next()

    def order(self, count: int) -> list[int]:
        """0 to count - 1 in any order (Fisher and Yates)."""
        order = list(range(count))
        for last in range(count - 1, 0, -1):
            other = math.floor(self.next() * (last + 1))
            order[last], order[other] = order[other], order[last]
        return order


def he_uniform(seed: int, layer: str, shape: tuple[int, ...]) -> np.ndarray:
    """A layer's kernel as src/files/randomWeights.ts draws it (He et al. 2015, limit √(6 / fan-in))."""
    limit = math.sqrt(6 / math.prod(shape[:-1]))
    words = np.arange(math.prod(shape), dtype=np.uint32)
    words += np.uint32(_fnv(f"{seed}/{layer}"))
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
        words ^= words >> np.uint32(shift)
        words *= np.uint32(factor)
    words ^= words >> np.uint32(16)
    return (words * (2 * limit / 2**32) - limit).astype(np.float32).reshape(shape)


def kept_by_dropout(seed: int, rate: float, shape: tuple[int, ...]) -> np.ndarray:
    """Which values a dropout keeps: where TensorFlow.js' randomUniform of the seed is not below the rate."""
    drawn = _alea(str(seed), math.prod(shape)).astype(np.float32)
    return (drawn >= rate).reshape(shape)


def _fnv(text: str) -> int:
    """FNV-1a of the code points."""
    value = 0x811C9DC5
    for char in text:
        value = (value ^ ord(char)) * 0x01000193 & WORD
    return value


def _mix(word: int) -> int:
    """murmur3's finaliser."""
    word = (word ^ word >> 16) * 0x85EBCA6B & WORD
    word = (word ^ word >> 13) * 0xC2B2AE35 & WORD
    return word ^ word >> 16


def _alea(seed: str, count: int) -> np.ndarray:
    """Baagøe's Alea, which TensorFlow.js draws from: a multiply-with-carry generator of three words."""
    mash = _Mash()
    first, second, third = [mash(" ") for _ in range(3)]
    first, second, third = [(word - mash(seed)) & WORD for word in (first, second, third)]
    carry = 1
    words = np.empty(count, np.uint32)
    for at in range(count):
        product = 2091639 * first + carry
        first, second, third, carry = second, third, product & WORD, product >> 32
        words[at] = third
    return words / 2**32


class _Mash:
    """Baagøe's hash of texts, which goes on from one text to the next."""

    def __init__(self) -> None:
        self._state = float(0xEFC8249D)

    def __call__(self, text: str) -> int:
        for char in text:
            spread = 0.02519603282416938 * (self._state + ord(char))
            low = int(spread) & WORD
            spread = (spread - low) * low
            low = int(spread) & WORD
            self._state = low + (spread - low) * 2**32
        return int(self._state) & WORD
