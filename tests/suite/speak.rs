//! `lectern speak`, `script` and `voices`: files that any player takes.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
use symphonia::core::audio::GenericAudioBufferRef;
use symphonia::core::codecs::audio::AudioDecoderOptions;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatOptions, TrackType};
use symphonia::core::io::MediaSourceStream;
use tempfile::TempDir;

use crate::harness::{all_parts, done, run};

const FRAME_BYTES: usize = 192;
const FRAME: usize = 576;

const TEXT: &str = "The ferry goes back to work\n\nShe left at six. Nobody was late, not even the baker.";

fn folder_with(text: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("a.txt"), text).unwrap();
    folder
}

/// Samples of a file, by Symphonia; any error in any packet fails the test.
pub(crate) fn decode(path: &Path) -> Vec<f32> {
    let source = MediaSourceStream::new(Box::new(fs::File::open(path).unwrap()), Default::default());
    let options = FormatOptions::default();
    let mut format =
        symphonia::default::get_probe().probe(&Hint::new(), source, options, Default::default()).unwrap();
    let track = format.default_track(TrackType::Audio).unwrap();
    let parameters = track.codec_params.as_ref().unwrap().audio().unwrap().clone();
    let options = AudioDecoderOptions::default();
    let mut decoder = symphonia::default::get_codecs().make_audio_decoder(&parameters, &options).unwrap();
    let mut samples = Vec::new();
    while let Some(packet) = format.next_packet().unwrap() {
        let buffer: GenericAudioBufferRef<'_> = decoder.decode(&packet).unwrap();
        assert_eq!((buffer.spec().rate(), buffer.spec().channels().count()), (24_000, 1));
        let mut part = Vec::new();
        buffer.copy_to_vec_interleaved::<f32>(&mut part);
        samples.extend(part);
    }
    samples
}

fn ffmpeg_decodes(path: &Path) {
    let output = Command::new("ffmpeg")
        .args(["-v", "error", "-xerror", "-i"])
        .arg(path)
        .args(["-f", "null", "-"])
        .output()
        .expect("ffmpeg, which `make test` installs");
    assert!(
        output.status.success() && output.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn an_mp3_is_whole_frames_of_192_bytes() {
    let folder = folder_with(TEXT);
    done(&["speak", "a.txt", "-o", "a.mp3"], folder.path());
    let path = folder.path().join("a.mp3");
    let bytes = fs::read(&path).unwrap();
    assert_eq!(bytes.len() % FRAME_BYTES, 0);
    // MPEG-2 Layer III without CRC, 64 kbit/s, 24 kHz, no padding (ISO 13818-3 §2.4.2.3).
    assert!(
        bytes.chunks(FRAME_BYTES).all(|f| f[0] == 0xff && f[1] == 0xf3 && f[2] == 0x84),
        "a foreign frame"
    );
    // main_data_begin, the first eight bits after the header: nothing is borrowed from the past.
    assert!(bytes.chunks(FRAME_BYTES).all(|f| f[4] == 0), "a bit reservoir");
    ffmpeg_decodes(&path);
    assert_eq!(decode(&path).len(), bytes.len() / FRAME_BYTES * FRAME);
}

#[test]
fn mp3_and_wav_lie_on_one_timeline() {
    let folder = folder_with(TEXT);
    done(&["speak", "a.txt", "-o", "a.mp3"], folder.path());
    done(&["speak", "a.txt", "-o", "a.wav"], folder.path());
    let (mp3, wav) = (decode(&folder.path().join("a.mp3")), decode(&folder.path().join("a.wav")));
    ffmpeg_decodes(&folder.path().join("a.wav"));
    assert_eq!(mp3.len(), wav.len());
    let correlation = |shift: usize| -> f32 { mp3[shift..].iter().zip(&wav).map(|(a, b)| a * b).sum() };
    let best = (0..2400).max_by(|&a, &b| correlation(a).total_cmp(&correlation(b))).unwrap();
    assert!(best <= 1, "the MP3 lags by {best} samples");
    let (noise, signal) =
        mp3.iter().zip(&wav).fold((0.0, 0.0), |(n, s), (a, b)| (n + (a - b).powi(2), s + b * b));
    assert!(noise < signal / 30.0, "the MP3 is not the WAV: {noise} of {signal}");
}

#[test]
fn the_same_text_gives_the_same_bytes_however_many_threads() {
    let folder = folder_with(TEXT);
    for (workers, name) in [("1", "one.mp3"), ("2", "two.mp3"), ("4", "four.mp3")] {
        done(&["speak", "a.txt", "--workers", workers, "-o", name], folder.path());
    }
    let read = |name| fs::read(folder.path().join(name)).unwrap();
    assert_eq!(read("one.mp3"), read("two.mp3"));
    assert_eq!(read("one.mp3"), read("four.mp3"));
}

#[test]
fn marks_tell_when_each_sentence_is_heard() {
    let folder = folder_with(TEXT);
    done(&["speak", "a.txt", "-o", "a.mp3", "--marks", "a.json"], folder.path());
    done(&["speak", "a.txt", "-o", "a.mp3", "--marks", "a.vtt"], folder.path());
    let marks: Value = serde_json::from_slice(&fs::read(folder.path().join("a.json")).unwrap()).unwrap();
    let marks = marks.as_array().unwrap();
    assert_eq!(marks.len(), 3);
    let samples = decode(&folder.path().join("a.mp3"));
    for (i, mark) in marks.iter().enumerate() {
        let at = |name: &str| (mark[name].as_f64().unwrap() * 24_000.0) as usize;
        let energy = |from: usize, to: usize| samples[from..to].iter().map(|s| s * s).sum::<f32>();
        assert!(energy(at("start"), at("end")) > 1.0, "silence in sentence {i}");
        let next =
            marks.get(i + 1).map_or(samples.len(), |m| (m["start"].as_f64().unwrap() * 24_000.0) as usize);
        assert!(energy(at("end"), next) < 0.01, "sound after sentence {i}");
    }
    let vtt = fs::read_to_string(folder.path().join("a.vtt")).unwrap();
    assert!(vtt.starts_with("WEBVTT\n\n00:00:00.000 --> 00:00:0"), "{vtt}");
}

#[test]
fn every_word_lights_up_in_order() {
    let text = "In the end, 46.8 million of the people paid.";
    let folder = folder_with(text);
    done(&["speak", "a.txt", "-o", "a.wav", "--marks", "a.json"], folder.path());
    let marks: Value = serde_json::from_slice(&fs::read(folder.path().join("a.json")).unwrap()).unwrap();
    let words = marks[0]["words"].as_array().unwrap();
    let written =
        |w: &Value| &text[w["span"][0].as_u64().unwrap() as usize..w["span"][1].as_u64().unwrap() as usize];
    let written: Vec<_> = words.iter().map(written).collect();
    // Some voices run "of the" together; then both light up.
    assert_eq!(written.join(" "), text);
    assert!(written.len() >= 7 && written[..7].contains(&"46.8"), "{written:?}");
    let at = |w: &Value, name: &str| w[name].as_f64().unwrap();
    assert!(words.iter().all(|w| at(w, "start") < at(w, "end")));
    assert!(words.windows(2).all(|w| at(&w[0], "end") <= at(&w[1], "start")));
    assert!(at(words.last().unwrap(), "end") <= marks[0]["end"].as_f64().unwrap());
}

#[test]
fn a_faster_voice_takes_less_time() {
    let folder = folder_with(TEXT);
    let spoken = |speed: &str| -> f64 {
        done(&["speak", "a.txt", "--speed", speed, "-o", "s.mp3", "--marks", "s.json"], folder.path());
        let marks: Value = serde_json::from_slice(&fs::read(folder.path().join("s.json")).unwrap()).unwrap();
        let lengths = marks.as_array().unwrap().iter().flat_map(|m| m["words"].as_array().unwrap());
        lengths.map(|m| m["end"].as_f64().unwrap() - m["start"].as_f64().unwrap()).sum()
    };
    let (slow, fast) = (spoken("0.8"), spoken("1.6"));
    // Not quite half: every phoneme and pad lasts a frame at least.
    assert!(slow / fast > 1.5, "{slow} s to {fast} s");
}

#[test]
fn a_script_keeps_each_sentence_and_its_place() {
    let folder = folder_with("Größe zählt 🙂. “Yes,” she said.\n\nSecond paragraph here.");
    let script: Value = serde_json::from_str(&done(&["script", "a.txt", "--json"], folder.path())).unwrap();
    let text: Vec<u16> = fs::read_to_string(folder.path().join("a.txt")).unwrap().encode_utf16().collect();
    let mut end = 0;
    let blocks = script["blocks"].as_array().unwrap();
    for sentence in blocks.iter().flat_map(|b| b["sentences"].as_array().unwrap()) {
        let at = |i: usize| sentence["span"][i].as_u64().unwrap() as usize;
        assert!(end <= at(0) && at(0) < at(1) && at(1) <= text.len());
        assert_eq!(String::from_utf16(&text[at(0)..at(1)]).unwrap(), sentence["text"].as_str().unwrap());
        end = at(1);
    }
    assert_eq!(blocks.len(), 2);
}

#[test]
fn an_article_in_json_is_read_as_a_service_would() {
    let folder = folder_with("");
    let article = serde_json::json!({ "id": "bread", "title": "Bread", "html": "<p>It <b>rose</b>.</p>" });
    fs::write(folder.path().join("a.json"), article.to_string()).unwrap();
    let script: Value = serde_json::from_str(&done(&["script", "a.json", "--json"], folder.path())).unwrap();
    assert_eq!((&script["id"], &script["title"]), (&"bread".into(), &"Bread".into()));
    assert_eq!(script["blocks"][1]["sentences"][0]["text"], "It rose.");
}

#[test]
fn emoji_are_named_where_the_settings_say_so() {
    let folder = folder_with("We won 🎉🎉 again.\n\nThe bridge is open.");
    fs::write(folder.path().join("named.toml"), "[render]\nemoji = \"named\"\n").unwrap();
    let said = |args: &[&str]| {
        let script: Value = serde_json::from_str(&done(args, folder.path())).unwrap();
        script["blocks"][0]["sentences"][0].clone()
    };
    let skipped = said(&["script", "a.txt", "--json"]);
    assert_eq!(
        (&skipped["spoken"], &skipped["notes"][0]["code"]),
        (&"We won again.".into(), &"emoji-skipped".into())
    );
    let named = said(&["script", "a.txt", "--json", "--config", "named.toml"]);
    assert_eq!((&named["spoken"], &named["notes"]), (&"We won, party popper, again.".into(), &json!([])));
    assert_eq!(named["changes"][0]["bytes"], json!([7, 15]));
}

#[test]
fn one_bad_line_never_ends_a_run() {
    let folder = TempDir::new().unwrap();
    let lines = "{\"id\":\"a\",\"text\":\"One.\"}\nnot json\n{\"id\":\"b\"}\n\n{\"id\":\"c\",\"html\":\"<p>Three.</p>\"}\n\
        {\"id\":\"d\",\"page\":\"<title>Four</title>\"}\n";
    fs::write(folder.path().join("in.jsonl"), lines).unwrap();
    let out = done(&["script", "in.jsonl", "--jsonl"], folder.path());
    let out: Vec<Value> = out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(out.len(), 5);
    assert_eq!(
        (out[0]["id"].as_str(), out[2]["id"].as_str(), out[3]["id"].as_str()),
        (Some("a"), Some("b"), Some("c"))
    );
    assert!(out[1]["error"].is_string() && out[2]["error"].is_string());
    assert_eq!(out[3]["blocks"][0]["sentences"][0]["spoken"], "Three.");
    assert_eq!(out[3]["blocks"][0]["sentences"][0]["path"], json!(["/2/1:0", "/2/1:6"]));
    assert!(out[4]["error"].as_str().unwrap().starts_with("there is nothing to read"));
}

#[test]
fn html_is_read_block_by_block_without_the_furniture() {
    let folder = TempDir::new().unwrap();
    let page = "<!doctype html><html lang=de><body><nav>Menu</nav><article><h1>Der Titel</h1>\
        <p>Ein <b>Satz</b>.</p><script>no()</script><ul><li>Eins</li><li>Zwei</li></ul>\
        <div data-listen=skip>Nicht das.</div><blockquote><p>Zitat.</p></blockquote></article></body></html>";
    fs::write(folder.path().join("a.html"), page).unwrap();
    let script: Value = serde_json::from_str(&done(&["script", "a.html", "--json"], folder.path())).unwrap();
    assert_eq!((&script["language"], &script["title"]), (&"de".into(), &"Der Titel".into()));
    let blocks = script["blocks"].as_array().unwrap();
    let said: Vec<_> = blocks
        .iter()
        .map(|b| (b["role"].as_str().unwrap(), b["sentences"][0]["spoken"].as_str().unwrap()))
        .collect();
    let wanted = [
        ("title", "Der Titel"),
        ("paragraph", "Ein Satz."),
        ("item", "Eins"),
        ("item", "Zwei"),
        ("quote", "Zitat."),
    ];
    assert_eq!(said, wanted);
}

#[test]
fn help_teaches() {
    let folder = TempDir::new().unwrap();
    for command in [
        &["--help"][..],
        &["serve", "--help"],
        &["speak", "--help"],
        &["script", "--help"],
        &["voices", "list", "--help"],
        &["health", "--help"],
    ] {
        assert!(done(command, folder.path()).contains("Example"), "{command:?}");
    }
    assert_eq!(run(&["sing"], folder.path()).status.code(), Some(2));
}

#[test]
fn voices_are_listed() {
    let folder = TempDir::new().unwrap();
    let voices = all_parts().join("voices");
    let parts = ["--voices", voices.to_str().unwrap()];
    let table = done(&[&["voices", "list"][..], &parts].concat(), folder.path());
    assert!(table.contains("en_US-joe-medium") && table.contains("voices add"), "{table}");
    let list = done(&[&["voices", "list", "--json"][..], &parts].concat(), folder.path());
    let list: Value = serde_json::from_str(&list).unwrap();
    let (heart, joe) = (&list[0], &list[1]);
    assert_eq!([&heart["engine"], &joe["engine"]], ["hibari", "piper"]);
    assert_eq!([&heart["licence"], &joe["licence"]], ["Apache-2.0", "CC0-1.0"]);
    assert_eq!((&heart["accent"], &heart["sex"]), (&json!("American"), &json!("female")));
    assert!(heart["source"].as_str().unwrap().contains("Kokoro-82M"));
    assert!(list.as_array().unwrap().iter().all(|voice| voice["speed"].as_f64().unwrap() > 1.0), "{list}");
}
