"""The default network in Keras and PyTorch, for peers.py and train_peers.py."""


def keras_network():
    import keras
    from keras import layers as L

    x = inputs = L.Input((224, 224, 3))
    for filters, size, stride, after in (
        [(96, 11, 4, "bn pool"), (256, 5, 1, "bn pool"), (384, 3, 1, ""), (384, 3, 1, ""), (256, 3, 1, "bn pool")]
    ):
        x = L.Conv2D(filters, size, strides=stride, padding="same", activation="relu")(x)
        if "bn" in after:
            x = L.BatchNormalization()(x)
        if "pool" in after:
            x = L.MaxPool2D(3, 2)(x)
    x = L.Dense(4096, activation="relu")(L.Flatten()(x))
    x = L.Dropout(0.5)(L.Dense(4096, activation="relu")(x))
    model = keras.Model(inputs, L.Dense(1000, activation="softmax")(x))
    assert model.count_params() == 62_380_776
    return model


def torch_network():
    """Gives logits: PyTorch's loss has the softmax in it."""
    from torch import nn

    return nn.Sequential(
        nn.ZeroPad2d((3, 4, 3, 4)), nn.Conv2d(3, 96, 11, 4), nn.ReLU(), nn.BatchNorm2d(96), nn.MaxPool2d(3, 2),
        nn.Conv2d(96, 256, 5, padding=2), nn.ReLU(), nn.BatchNorm2d(256), nn.MaxPool2d(3, 2),
        nn.Conv2d(256, 384, 3, padding=1), nn.ReLU(), nn.Conv2d(384, 384, 3, padding=1), nn.ReLU(),
        nn.Conv2d(384, 256, 3, padding=1), nn.ReLU(), nn.BatchNorm2d(256), nn.MaxPool2d(3, 2), nn.Flatten(),
        nn.Linear(9216, 4096), nn.ReLU(), nn.Linear(4096, 4096), nn.ReLU(), nn.Dropout(0.5), nn.Linear(4096, 1000),
    )
