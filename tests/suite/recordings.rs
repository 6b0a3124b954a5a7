//! What people recorded is heard in place of the voice. The recordings are made by ffmpeg, which
//! also judges what becomes of them.

mod around;
mod hostile;
mod kept;

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::harness::{Answer, Service};
use crate::http::{article, made, mp3, own, save, unmade, whole};
use crate::speak::decode;

/// Six seconds that rise and fall as speech does.
const SPEECH: &str = "sine=frequency=220:duration=6:sample_rate=44100,tremolo=f=3:d=0.9,volume=0.2";

/// What ffmpeg makes of its arguments, as a file of this name.
pub(crate) fn recorded(folder: &Path, name: &str, arguments: &[&str]) -> Vec<u8> {
    let path = folder.join(name);
    ffmpeg(&[&["-loglevel", "error", "-y"], arguments, &[path.to_str().unwrap()]].concat());
    std::fs::read(path).unwrap()
}

fn spoken(folder: &Path, name: &str, arguments: &[&str]) -> Vec<u8> {
    recorded(folder, name, &[&["-f", "lavfi", "-i", SPEECH], arguments].concat())
}

/// Runs ffmpeg; returns what it says.
fn ffmpeg(arguments: &[&str]) -> String {
    let ran = Command::new("ffmpeg").args(["-hide_banner", "-nostdin"]).args(arguments).output();
    let ran = ran.expect("ffmpeg, which `make test` installs");
    let said = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert!(ran.status.success(), "{arguments:?}: {said}");
    said
}

/// Loudness as heard, in LUFS, and true peak, in dBTP, as ffmpeg measures them.
pub(crate) fn loudness(path: &Path) -> (f64, f64) {
    let filter = "ebur128=dualmono=true:peak=true";
    let said = ffmpeg(&["-nostats", "-i", path.to_str().unwrap(), "-af", filter, "-f", "null", "-"]);
    let summary = said.rsplit("Summary:").next().unwrap();
    let number = |name: &str| -> f64 {
        let after = summary.split(name).nth(1).unwrap_or_else(|| panic!("no {name} in {said}"));
        after.split_whitespace().next().unwrap().parse().unwrap()
    };
    (number("I:"), number("Peak:"))
}

fn path_of(id: &str) -> String {
    format!("{}/recording", article(id))
}

pub(crate) fn send(service: &Service, id: &str, recording: &[u8]) -> Answer {
    service.send("PUT", &path_of(id), &[("content-type", "audio/anything")], Some(recording))
}

/// Sends a recording, which must be taken.
fn sent(service: &Service, id: &str, recording: &[u8]) -> Value {
    let answer = send(service, id, recording);
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

fn written(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

#[test]
fn five_formats_come_out_as_loud_and_as_long_as_they_should() {
    let (service, folder) = (own(), TempDir::new().unwrap());
    save(&service, "a", &unmade("Somebody reads this aloud."));
    let formats: [(&str, &[&str]); 9] = [
        ("a.mp3", &[]),
        ("a.m4a", &[]),
        ("a.ogg", &["-c:a", "libvorbis"]),
        ("a.flac", &["-ac", "2"]),
        ("a.wav", &["-ar", "48000", "-c:a", "pcm_s24le"]),
        ("low.wav", &["-ar", "8000", "-c:a", "pcm_mulaw"]),
        ("high.flac", &["-ar", "192000"]),
        ("six.wav", &["-ac", "6", "-c:a", "pcm_f32le"]),
        // Each channel is the other upside down: their mean is silence.
        ("opposed.wav", &["-af", "pan=stereo|c0=c0|c1=-1*c0"]),
    ];
    for (name, arguments) in formats {
        let manifest = sent(&service, "a", &spoken(folder.path(), name, arguments));
        assert_eq!((&manifest["by"], &manifest["state"]), (&json!("human"), &json!("ready")), "{name}");
        let seconds = manifest["duration"].as_f64().unwrap();
        assert!((seconds - 6.0).abs() <= 0.024, "{name}: {seconds} s");
        let bytes = whole(&service, &mp3("a"));
        assert_eq!(bytes.len() as f64, seconds / 0.024 * 192.0, "{name}");
        assert!(
            bytes.chunks(192).all(|frame| frame.starts_with(&[0xff, 0xf3, 0x84])),
            "{name}: a foreign frame"
        );
        let (lufs, peak) = loudness(&written(folder.path(), "heard.mp3", &bytes));
        assert!((lufs + 16.0).abs() < 1.0 && peak <= -1.0, "{name}: {lufs} LUFS, {peak} dBTP");
    }
    let raw = sent(&service, "a", &spoken(folder.path(), "a.aac", &[]));
    let seconds = raw["duration"].as_f64().unwrap();
    // It does not say how much of its first and last frames is the encoder's.
    assert!((6.0..6.0 + 3.0 * 1024.0 / 44_100.0).contains(&seconds), "{seconds} s");
    assert_eq!(service.synthesised(), 0, "nobody needed the voice");
}

#[test]
fn recordings_are_sent_from_the_command_line() {
    let (service, folder) = (own(), TempDir::new().unwrap());
    save(&service, "a", &unmade("Somebody reads this aloud."));
    spoken(folder.path(), "a.wav", &[]);
    written(folder.path(), "no.wav", b"RIFF");
    let recording = |args: &[&str]| {
        let args = [&["recording", "a"], args, &["--server", &service.base]].concat();
        let ran = crate::harness::run(&args, folder.path());
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (ran.status.code().unwrap(), text(ran.stdout), text(ran.stderr))
    };
    assert_eq!(recording(&["a.wav"]), (0, "a: read by people, 0:06 long\n".into(), String::new()));
    assert_eq!(service.get(&article("a"), &[]).json()["by"], "human");
    for (file, reason) in [("no.wav", "without sound"), ("nowhere.wav", "nowhere.wav: No such file")] {
        let (status, _, told) = recording(&[file]);
        assert!(status == 1 && told.contains(reason), "{told}");
    }
    assert_eq!(service.get(&article("a"), &[]).json()["by"], "human", "what is refused changes nothing");
    assert_eq!(recording(&["--withdraw"]), (0, "a: the voice reads it again\n".into(), String::new()));
    assert_eq!(service.get(&article("a"), &[]).json()["by"], "voice");
    let nowhere = crate::harness::run(&["recording", "a", "a.wav"], folder.path());
    assert_eq!(nowhere.status.code(), Some(2));
}

#[test]
fn peaks_do_not_keep_it_from_being_loud() {
    let (service, folder) = (own(), TempDir::new().unwrap());
    save(&service, "a", &unmade("Somebody reads this aloud."));
    let peaky = "aevalsrc=0.03*sin(2*PI*220*t)*(0.6+0.4*sin(2*PI*3*t))+0.9*lt(mod(t\\,0.5)\\,0.002)*sin(2*PI*900*t):d=8:s=44100";
    sent(&service, "a", &recorded(folder.path(), "peaky.wav", &["-f", "lavfi", "-i", peaky]));
    let (lufs, peak) = loudness(&written(folder.path(), "heard.mp3", &whole(&service, &mp3("a"))));
    assert!((lufs + 16.0).abs() < 1.0 && peak <= -1.0, "{lufs} LUFS, {peak} dBTP");
}

#[test]
fn its_mp3_and_its_wav_lie_on_the_timeline_of_what_was_sent() {
    let (service, folder) = (own(), TempDir::new().unwrap());
    save(&service, "a", &unmade("Somebody reads this aloud."));
    let chirp = "aevalsrc=0.3*sin(2*PI*(200+150*t)*t):d=4:s=24000";
    let original = recorded(folder.path(), "chirp.wav", &["-f", "lavfi", "-i", chirp]);
    sent(&service, "a", &original);
    let [original, wav, heard] = [
        ("original.wav", original),
        ("heard.wav", whole(&service, "/v1/articles/a/audio.wav")),
        ("heard.mp3", whole(&service, &mp3("a"))),
    ]
    .map(|(name, bytes)| decode(&written(folder.path(), name, &bytes)));
    assert_eq!(wav.len(), heard.len());
    for (name, found) in [("the WAV", &wav), ("the MP3", &heard)] {
        let correlation = |shift: usize| -> f32 {
            found[500 + shift..].iter().zip(&original[1000..]).map(|(a, b)| a * b).sum()
        };
        let best = (0..1000).max_by(|&a, &b| correlation(a).total_cmp(&correlation(b))).unwrap();
        assert!(best.abs_diff(500) <= 1, "{name} is {} samples late", best as i64 - 500);
    }
    let (noise, signal) = (heard.iter().zip(&wav).skip(576))
        .fold((0.0, 0.0), |(n, s), (a, b)| (n + (a - b).powi(2), s + b * b));
    assert!(noise < signal / 30.0, "the MP3 is not the WAV: {noise} of {signal}");
}

#[test]
fn a_recording_from_its_upload_to_its_withdrawal() {
    let (service, folder) = (own(), TempDir::new().unwrap());
    let by_voice = made(&service, "a", &json!({ "title": "The ferry", "text": "She left at six." }));
    assert_eq!((&by_voice["by"], &by_voice["recorded"]), (&json!("voice"), &json!(null)));
    let voice = whole(&service, &mp3("a"));
    let original = spoken(folder.path(), "a.flac", &[]);
    let manifest = sent(&service, "a", &original);
    assert_eq!(manifest["recorded"]["text_changed"], false);
    assert!(manifest["recorded"]["at"].as_str().unwrap().starts_with("20"));
    assert_eq!((&manifest["title"], &manifest["voice"]), (&json!("The ferry"), &json!(null)));
    heard_by_people(&service, &manifest);

    let given_back = service.get(&path_of("a"), &[]);
    assert_eq!(given_back.header("content-type"), "audio/flac");
    assert!(given_back.body == original, "other bytes");

    // An edit keeps it, and says that it is no longer what is written.
    save(&service, "a", &json!({ "title": "The ferry", "text": "She left at seven." }));
    let edited = service.wait_ready("a");
    assert_eq!((&edited["by"], &edited["recorded"]["text_changed"]), (&json!("human"), &json!(true)));
    assert_eq!(edited["immutable"], manifest["immutable"]);
    save(&service, "a", &json!({ "title": "The ferry", "text": "She left at six.", "byline": "" }));
    assert_eq!(service.get(&article("a"), &[]).json()["recorded"]["text_changed"], false);

    assert_eq!(service.send("DELETE", &path_of("a"), &[], None).status, 204);
    assert_eq!(service.send("DELETE", &path_of("a"), &[], None).problem(), (404, "no-such-recording".into()));
    assert_eq!(service.get(&path_of("a"), &[]).problem(), (404, "no-such-recording".into()));
    assert!(whole(&service, &mp3("a")) == voice, "not the voice that was heard before");
    let gone = manifest["immutable"]["mp3"].as_str().unwrap();
    assert_eq!(service.get(gone, &[]).problem(), (404, "no-such-recording".into()));
}

fn heard_by_people(service: &Service, manifest: &Value) {
    for (format, kind) in [("mp3", "audio/mpeg"), ("wav", "audio/wav")] {
        let (path, name) = (&manifest["audio"][format], &manifest["immutable"][format]);
        let heard = service.get(path.as_str().unwrap(), &[]);
        assert_eq!((heard.status, heard.header("content-type")), (200, kind));
        let (name, etag) = (name.as_str().unwrap(), heard.header("etag"));
        assert!(
            whole(service, name) == heard.body,
            "{format}: other bytes at the address that never changes"
        );
        assert_eq!(service.get(name, &[]).header("cache-control"), "public, max-age=31536000, immutable");
        let part = service.get(name, &[("range", "bytes=1000-1999")]);
        assert_eq!((part.status, part.header("etag")), (206, etag), "{format}");
        assert!(part.body == heard.body[1000..2000], "{format}: other bytes in a range");
        assert_eq!(service.get(name, &[("if-none-match", etag)]).status, 304);
    }
    assert_eq!(manifest["sentences"], json!([]));
    let marks = service.get("/v1/articles/a/marks.json", &[]).json();
    assert_eq!((&marks["sentences"], &marks["duration"]), (&json!([]), &manifest["duration"]));
    assert_eq!(service.get("/v1/articles/a/words.vtt", &[]).text(), "WEBVTT\n");
    let sentence = manifest["immutable"]["mp3"].as_str().unwrap().replace(".mp3", "/0.mp3");
    assert_eq!(service.get(&sentence, &[]).problem(), (404, "no-such-recording".into()));
}

#[test]
fn only_editors_send_recordings_and_only_of_articles_there_are() {
    let folder = TempDir::new().unwrap();
    let token = folder.path().join("token");
    std::fs::write(&token, "sixteen characters").unwrap();
    let arguments = ["--token-file", token.to_str().unwrap(), "--workers", "1"];
    let service = Service::start_with(&arguments, crate::http::folder_of_its_own());
    for method in ["PUT", "GET", "DELETE"] {
        let answer = service.send(method, &path_of("a"), &[], (method == "PUT").then_some(b"RIFF"));
        assert_eq!(answer.problem(), (401, "unauthorized".into()), "{method}");
    }
    let editor = [("authorization", "Bearer sixteen characters")];
    let recording = spoken(folder.path(), "a.mp3", &[]);
    let answer = service.send("PUT", &path_of("a"), &editor, Some(&recording));
    assert_eq!(answer.problem(), (404, "no-such-article".into()));
}

#[test]
fn a_drafts_recording_is_heard_through_its_preview_alone() {
    let (service, folder) = (own(), TempDir::new().unwrap());
    let draft = json!({ "text": "Not for everybody yet.", "published_at": "2999-01-01T06:00:00Z" });
    save(&service, "a", &draft);
    let manifest = sent(&service, "a", &spoken(folder.path(), "a.mp3", &[]));
    let [address, name] = ["audio", "immutable"].map(|kind| manifest[kind]["mp3"].as_str().unwrap());
    assert!(address.contains("?preview="), "{address}");
    assert!(whole(&service, address) == whole(&service, name), "other bytes");
    assert_eq!(service.get(&mp3("a"), &[]).problem(), (404, "no-such-article".into()));
    let name = name.split('?').next().unwrap();
    assert_eq!(service.get(name, &[]).problem(), (404, "no-such-recording".into()));
    save(&service, "a", &json!({ "text": "Not for everybody yet.", "published_at": "2020-01-01" }));
    assert!(whole(&service, name) == whole(&service, &mp3("a")), "other bytes");
}

#[test]
fn a_recording_of_what_goes_live_later_does_not_take_the_place_of_what_plays() {
    let (service, folder) = (own(), TempDir::new().unwrap());
    save(&service, "a", &json!({ "text": "This is for everybody." }));
    save(&service, "a", &json!({ "text": "Not for everybody yet.", "published_at": "2999-01-01T06:00:00Z" }));
    let recording = spoken(folder.path(), "a.mp3", &[]);
    let answer = service.send("PUT", &path_of("a"), &[], Some(&recording));
    assert_eq!(answer.problem(), (409, "recorded-early".into()));
}
