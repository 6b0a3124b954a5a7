#!/usr/bin/env python3
"""Small voices for our tests, of shapes that the one real voice at hand does not have.

    .venv-voices/bin/python -O scripts/oracle/voices.py [NAME …]

writes tests/fixtures/voices/NAME/NAME.onnx and NAME.onnx.json, all of them or those named.

Their weights are random: no recording and no trained voice is in them, and what they say is
noise of a plausible length. Licence: CC0-1.0.

The model is built by piper-tts' own code (piper.train.vits) and written by its own exporter
(piper.train.export_onnx), so the graphs are those of real voices, only narrow. Put in place of
theirs: what reads a checkpoint, as there is none; the operator set and the kind of PyTorch
exporter, where the table of shapes says so; the width of the plain duration predictor, which
is fixed at 256 otherwise.

    multi     three speakers, whose embedding both sides read; residual blocks of kind "1"
    low16k    16 kHz, two upsampling stages instead of three, 200 samples a frame instead of 256
    high      as Piper's "high" quality: four upsampling stages, kernels up to 11; of all shapes
              the one whose sound needs the most frames of context
    newer     as Piper's "medium" quality, in operator set 20
    plain     without the stochastic duration predictor: only the latents draw noise
    dynamo    two speakers, through PyTorch's newer exporter: other names, no Constant nodes;
              operator set 18

In each kernel the outer weights are larger than the inner ones, so that a sample does hear the
farthest frames it can: too little context around a chunk then shows in the sound.

Set up (Python 3.11, Linux x86-64), once. Everything comes from PyPI, where PyTorch brings CUDA
along: 6 GB, of which only the CPU's part is used.

    python3.11 -m venv .venv-voices
    .venv-voices/bin/pip install torch==2.15.0 onnx==1.23.2 onnxscript==0.7.2 onnx-ir==1.1.0 \\
        onnxruntime==1.32.0 numpy==2.4.6 protobuf==7.36.2
    .venv-voices/bin/pip install --no-deps piper-tts==1.8.0 pathvalidate==3.3.1

Seeds are fixed: another run on the same processor gives the same files. Through the older
exporter PyTorch 2.8.0, which those who train voices pin today, writes the same graphs.
Python must leave out assertions (-O): the newer exporter cannot follow one of the model's.
"""

import argparse
import dataclasses
import importlib.metadata
import json
import logging
import math
import sys
import types
import warnings
from pathlib import Path

import onnx
import torch
from piper.phoneme_ids import DEFAULT_PHONEME_ID_MAP
from piper.train.vits.config import ModelAudioConfig
from piper.train.vits.models import DurationPredictor, SynthesizerTrn

FOLDER = Path(__file__).resolve().parents[2] / "tests" / "fixtures" / "voices"
SYMBOLS = 256
WIDTH = 8
# Frames that most ids last.
FRAMES = 2.5
# Root mean square of the sound.
LOUDNESS = 0.1
# How much of the sound side's weights is left within a kernel, and how much each kind of layer
# passes on: found by trial so that the farthest frames are heard.
INNER = 0.1
GAINS = {".pre.": 0.5, ".in_layers.": 1.5, ".res_skip_layers.": 3, ".resblocks.": 2}
# Ids of the voices at hand; piper-tts has added some since, of two characters even.
OLDEST_IDS = 151


@dataclasses.dataclass
class Shape:
    audio: ModelAudioConfig
    sample_rate: int = 22050
    speakers: tuple[str, ...] = ()
    stochastic: bool = True
    opset: int = 15
    dynamo: bool = False


MEDIUM, HIGH = ModelAudioConfig.low_quality(), ModelAudioConfig.high_quality()
SHAPES = {
    "multi": Shape(
        dataclasses.replace(MEDIUM, resblock="1", resblock_dilation_sizes=((1, 3, 5),) * 3),
        speakers=("anna", "bert", "cleo"),
    ),
    "low16k": Shape(
        dataclasses.replace(MEDIUM, upsample_rates=(10, 20), upsample_kernel_sizes=(20, 40)),
        sample_rate=16000,
    ),
    "high": Shape(HIGH),
    "newer": Shape(MEDIUM, opset=20),
    "plain": Shape(MEDIUM, stochastic=False),
    "dynamo": Shape(MEDIUM, speakers=("dora", "emil"), opset=18, dynamo=True),
}


def build(shape):
    """The model, with random weights."""
    random = torch.Generator().manual_seed(20240229)
    speakers = max(1, len(shape.speakers))
    audio = dataclasses.replace(shape.audio, upsample_initial_channel=24)
    model = SynthesizerTrn(
        n_vocab=SYMBOLS, spec_channels=513, segment_size=32, inter_channels=WIDTH,
        hidden_channels=WIDTH, filter_channels=2 * WIDTH, n_heads=2, n_layers=1, kernel_size=3,
        p_dropout=0.1, n_speakers=speakers, gin_channels=WIDTH if speakers > 1 else 0,
        use_sdp=shape.stochastic, **dataclasses.asdict(audio),
    )
    if not shape.stochastic:
        model.dp = DurationPredictor(WIDTH, 2 * WIDTH, 3, 0.5, model.gin_channels)
    weights = dict(model.named_parameters())
    with torch.no_grad():
        for name, weight in weights.items():
            weight.copy_(drawn(name, weight, random))
        for name, weight in weights.items():
            if name.endswith("weight_g"):  # a normalised weight's length
                direction = weights[name.removesuffix("g") + "v"]
                weight.copy_(direction.flatten(1).norm(dim=1).view_as(weight))
        time(model)
        level(model)
    return model.eval()


def drawn(name, weight, random):
    """Weights that neither fade nor swell on the way, largest at a kernel's ends."""
    values = torch.randn(weight.shape, generator=random)
    if weight.dim() < 2:
        return values * 0.1 + (1 if name.endswith("gamma") else 0)
    gain = 1
    if name.startswith(("flow.", "dec.")):
        values[..., 1:-1] *= INNER
        gain = next((gain for part, gain in GAINS.items() if part in name), 1)
    return values * gain / values.flatten(1).norm(dim=1).mean()


def time(model):
    """Sets how long ids last: the last step of the predictor is a shift and a factor."""
    if model.use_sdp:
        last = model.dp.flows[0]
        last.logs.fill_(math.log(3))
        last.m.fill_(-3 * math.log(FRAMES))
    else:
        model.dp.proj.weight.mul_(0.5)
        model.dp.proj.bias.fill_(math.log(FRAMES))


def level(model):
    """Sets how loud the voice is."""
    torch.manual_seed(1)
    ids = torch.randint(3, OLDEST_IDS, (1, 100))
    speaker = torch.LongTensor([0]) if model.n_speakers > 1 else None
    model.eval()
    for _ in range(4):  # once is not enough, as the last step bends the loud parts
        sound = model.infer(ids, torch.LongTensor([ids.shape[1]]), sid=speaker)[0]
        model.dec.conv_post.weight.mul_(LOUDNESS / sound.pow(2).mean().sqrt())


def export(shape, model, path):
    """Runs piper-tts' exporter on the model."""
    reader = types.ModuleType("piper.train.vits.lightning")
    loaded = types.SimpleNamespace(model_g=model)
    reader.VitsModel = types.SimpleNamespace(load_from_checkpoint=lambda *_, **__: loaded)
    sys.modules[reader.__name__] = reader
    from piper.train import export_onnx

    export_onnx.OPSET_VERSION = shape.opset
    export_onnx.VitsModel = reader.VitsModel
    arguments, sys.argv = sys.argv, ["", "--checkpoint", "none", "--output-file", str(path)]
    original = torch.onnx.export
    torch.onnx.export = lambda **how: original(**how, dynamo=shape.dynamo, external_data=False)
    try:
        export_onnx.main()
    finally:
        torch.onnx.export, sys.argv = original, arguments
    if shape.dynamo:
        forget_origin(path)


def forget_origin(path):
    """Removes what the newer exporter notes of every operation: lines of source on this machine."""
    file = onnx.load(path)
    graph = file.graph
    for part in [file, graph, *graph.node, *graph.input, *graph.output, *graph.initializer]:
        del part.metadata_props[:]
    del graph.value_info[:]
    onnx.save(file, path)


def config(name, shape):
    """What lies beside a voice, as beside those of 2023."""
    ids = {mark: ids for mark, ids in DEFAULT_PHONEME_ID_MAP.items() if max(ids) < OLDEST_IDS}
    return {
        "audio": {"sample_rate": shape.sample_rate, "quality": name},
        "espeak": {"voice": "en-us"},
        "inference": {"noise_scale": 0.667, "length_scale": 1, "noise_w": 0.8},
        "phoneme_type": "espeak",
        "phoneme_map": {},
        "phoneme_id_map": dict(sorted(ids.items(), key=lambda pair: pair[1])),
        "num_symbols": SYMBOLS,
        "num_speakers": max(1, len(shape.speakers)),
        "speaker_id_map": {speaker: number for number, speaker in enumerate(shape.speakers)},
        "piper_version": importlib.metadata.version("piper-tts"),
        "language": {
            "code": "en_US",
            "family": "en",
            "region": "US",
            "name_native": "English",
            "name_english": "English",
            "country_english": "United States",
        },
        "dataset": "random weights (CC0-1.0)",
    }


def main():
    parser = argparse.ArgumentParser(description="Makes the small voices for our tests with piper-tts.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(SHAPES)}; all where none is named")
    names = parser.parse_args().names or list(SHAPES)
    if unknown := set(names) - set(SHAPES):
        parser.error(f"no such shape: {', '.join(sorted(unknown))}")
    if not sys.flags.optimize:
        parser.error("run it with python -O")

    warnings.simplefilter("ignore")
    logging.disable(logging.INFO)
    torch.set_num_threads(1)
    for name in names:
        path = FOLDER / name / f"{name}.onnx"
        path.parent.mkdir(parents=True, exist_ok=True)
        export(SHAPES[name], build(SHAPES[name]), path)
        text = json.dumps(config(name, SHAPES[name]), indent=2, ensure_ascii=False)
        path.with_suffix(".onnx.json").write_text(text + "\n", encoding="utf-8")
        print(f"{name}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
