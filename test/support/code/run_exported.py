"""Runs exported code: run_exported.py keras|pytorch JOB.json…; writes what comes out beside each job.

A job names the code, and the inputs in the network's order with their shapes, channels last, in a file of float32; or a
picture that the code prepares itself.
"""

import importlib.util
import json
import sys
from pathlib import Path

import numpy as np
from PIL import Image


def values(arrays, order):
    return [np.ascontiguousarray(a.transpose(order[a.ndim]) if a.ndim in order else a) for a in arrays]


def run_keras(module, inputs):
    model = module.load_model()
    outputs = model(inputs if len(inputs) > 1 else inputs[0], training=False)
    return [np.asarray(each) for each in (outputs if isinstance(outputs, (list, tuple)) else [outputs])]


def run_pytorch(module, inputs):
    import torch

    model = module.load_model()
    if not torch.is_tensor(inputs[0]):
        inputs = [torch.from_numpy(each) for each in values(inputs, {4: (0, 3, 1, 2)})]
    with torch.inference_mode():
        outputs = model(*inputs)
    outputs = outputs if isinstance(outputs, tuple) else (outputs,)
    return values([each.numpy() for each in outputs], {4: (0, 2, 3, 1)})


def inputs_of(job, path, module):
    if "picture" in job:
        return [module.preprocess(Image.open(job["picture"]))]
    data = np.fromfile(path.with_suffix(".inputs"), np.float32)
    inputs, at = [], 0
    for shape in job["inputs"]:
        count = int(np.prod(shape))
        inputs.append(data[at : at + count].reshape(1, *shape))
        at += count
    return inputs


def main():
    run = {"keras": run_keras, "pytorch": run_pytorch}[sys.argv[1]]
    for path in map(Path, sys.argv[2:]):
        job = json.loads(path.read_text())
        try:
            spec = importlib.util.spec_from_file_location("exported", job["code"])
            module = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(module)
            outputs = run(module, inputs_of(job, path, module))
            np.concatenate([each.astype(np.float32).ravel() for each in outputs]).tofile(path.with_suffix(".outputs"))
        except Exception as error:
            print(f"{job['code']}: {type(error).__name__}: {error}", file=sys.stderr)


main()
