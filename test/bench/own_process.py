"""Measures each framework in a process of its own: TensorFlow and PyTorch end each other's process."""
import json
import os
import subprocess
import sys

_asked = "ALEXNET_PEER"


def run_each(peers):
    """Runs functions by name, each in a process of its own; says what is absent, and what ended with an error."""
    name = os.environ.get(_asked)
    if name is not None:
        _run(name, peers[name])
        return
    for name in peers:
        ended = subprocess.run([sys.executable, "-B", *sys.argv], env={**os.environ, _asked: name})
        if ended.returncode != 0:
            _tell_absent(f"{name} in Python (its process ended with {ended.returncode})")


def _run(name, peer):
    try:
        peer()
    except ImportError as error:
        _tell_absent(f"{name} in Python ({error})")


def _tell_absent(what):
    print(json.dumps({"absent": what}), flush=True)
