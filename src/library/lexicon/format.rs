//! Entries in files: TOML and CSV for people and their tables, JSON for programs.

use std::borrow::Cow;
use std::collections::BTreeMap;

use encoding_rs::{Encoding, UTF_8};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::text::HouseEntry;

/// How entries are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LexiconFormat {
    /// A list.
    Json,
    /// `[[entry]]` for each.
    Toml,
    /// A row for each, under the names of the fields.
    Csv,
}

/// What is wrong with a file of entries.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("this is no lexicon in {}: {cause}", format!("{format:?}").to_uppercase())]
pub struct FormatError {
    format: LexiconFormat,
    cause: String,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    entry: Vec<HouseEntry>,
}

const COLUMNS: [&str; 11] =
    ["written", "respell", "ipa", "letters", "word", "case", "site", "language", "voice", "author", "note"];

impl LexiconFormat {
    /// The format with this media type or ending of a name.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "json" | "application/json" => Some(Self::Json),
            "toml" | "application/toml" => Some(Self::Toml),
            "csv" | "text/csv" => Some(Self::Csv),
            _ => None,
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Toml => "application/toml",
            Self::Csv => "text/csv; charset=utf-8",
        }
    }

    /// Reads entries, in UTF-8 or in what their byte order mark tells; they are still to be checked.
    ///
    /// # Errors
    /// It is not what it should be; the error says where.
    pub fn read(self, bytes: &[u8]) -> Result<Vec<HouseEntry>, FormatError> {
        let error = |cause: String| FormatError { format: self, cause };
        let text = decoded(bytes).map_err(error)?;
        match self {
            Self::Json => serde_json::from_str(&text).map_err(|e| error(e.to_string())),
            Self::Toml => {
                toml::from_str::<File>(&text).map(|file| file.entry).map_err(|e| error(e.to_string()))
            }
            Self::Csv => rows(&text).map_err(error),
        }
    }

    /// Writes entries.
    ///
    /// # Errors
    /// None that is known of.
    pub fn write(self, entries: &[HouseEntry]) -> Result<String, FormatError> {
        let error = |cause: String| FormatError { format: self, cause };
        match self {
            Self::Json => serde_json::to_string_pretty(entries).map_err(|e| error(e.to_string())),
            Self::Toml => {
                toml::to_string(&File { entry: entries.to_vec() }).map_err(|e| error(e.to_string()))
            }
            Self::Csv => table(entries).map_err(error),
        }
    }
}

/// Spreadsheets write UTF-16 under the name of "Unicode text", and say so by the mark before it.
fn decoded(bytes: &[u8]) -> Result<Cow<'_, str>, String> {
    let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or((UTF_8, 0));
    let (text, wrong) = encoding.decode_without_bom_handling(&bytes[mark..]);
    match std::str::from_utf8(&bytes[mark..]) {
        Err(e) if encoding == UTF_8 => {
            Err(format!("not UTF-8 from byte {} on; save it as UTF-8", mark + e.valid_up_to()))
        }
        _ if wrong => Err(format!("damaged {}; save it as UTF-8", encoding.name())),
        _ => Ok(text),
    }
}

/// Rows by the names in the first one; a blank cell is an absent field. Tables of half of Europe
/// part their cells by semicolons, where commas part the digits of numbers; some say by what in a
/// line of their own ("sep=;").
fn rows(text: &str) -> Result<Vec<HouseEntry>, String> {
    let told = |text: &str| text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("sep="));
    let text = text.trim_start();
    let text = if told(text) { text.split_once('\n').map_or("", |(_, rows)| rows) } else { text };
    let names = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let parts = |delimiter: &u8| names.contains(char::from(*delimiter));
    let delimiter = [b',', b';', b'\t'].into_iter().find(parts).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new();
    let mut reader = reader.delimiter(delimiter).trim(csv::Trim::All).from_reader(text.as_bytes());
    let names = reader.headers().map_err(|e| e.to_string())?;
    let names: csv::StringRecord = names.iter().map(str::to_lowercase).collect();
    let named = names.iter().any(|column| column == COLUMNS[0]);
    reader.set_headers(names);
    if !named {
        return Err(format!("the first row must name its columns, some of {}", COLUMNS.join(", ")));
    }
    let mut entries = Vec::new();
    for row in reader.deserialize::<BTreeMap<String, String>>() {
        let row = row.map_err(|e| e.to_string())?;
        let number = entries.len() + 1;
        let cell = |(name, text): (String, String)| match (name.as_str(), text.to_lowercase().as_str()) {
            ("letters" | "word", "true" | "yes" | "x" | "1") => Ok((name, true.into())),
            ("letters" | "word", "false" | "no" | "0") => Ok((name, false.into())),
            ("letters" | "word", _) => {
                Err(format!("entry {number}: {name} is {text:?}; write x, or nothing"))
            }
            _ => Ok((name, text.into())),
        };
        let filled = row.into_iter().filter(|(_, text)| !text.is_empty());
        let fields = filled.map(cell).collect::<Result<serde_json::Map<_, _>, String>>()?;
        entries.push(serde_json::from_value(fields.into()).map_err(|e| format!("entry {number}: {e}"))?);
    }
    Ok(entries)
}

fn table(entries: &[HouseEntry]) -> Result<String, String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS).map_err(|e| e.to_string())?;
    for entry in entries {
        let fields = serde_json::to_value(entry).map_err(|e| e.to_string())?;
        let cell = |name: &&str| match &fields[*name] {
            serde_json::Value::String(text) => text.clone(),
            serde_json::Value::Bool(true) => "true".into(),
            _ => String::new(),
        };
        writer.write_record(COLUMNS.iter().map(cell)).map_err(|e| e.to_string())?;
    }
    let bytes = writer.into_inner().map_err(|e| e.to_string())?;
    String::from_utf8(bytes).map_err(|e| e.to_string())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn entries() -> Vec<HouseEntry> {
        let entry = |written: &str| HouseEntry { written: written.into(), ..HouseEntry::default() };
        vec![
            HouseEntry {
                ipa: Some("zɛlˈɛnski".into()),
                note: Some("as he \"says\", twice".into()),
                ..entry("Zelenskyy")
            },
            HouseEntry { letters: true, case: crate::text::Case::Exact, ..entry("US, UK") },
            HouseEntry { respell: Some("reding".into()), language: Some("en".into()), ..entry("Reading") },
        ]
    }

    #[test]
    fn what_is_written_is_read_again() {
        for format in [LexiconFormat::Json, LexiconFormat::Toml, LexiconFormat::Csv] {
            let text = format.write(&entries()).unwrap();
            assert_eq!(format.read(text.as_bytes()).unwrap(), entries(), "{text}");
        }
    }

    #[test]
    fn tables_of_people_are_read() {
        let text = "written, ipa ,letters\nPutin,pˈuːtɪn,\nEBRD,,yes\n";
        let read = LexiconFormat::Csv.read(text.as_bytes()).unwrap();
        assert_eq!((read[0].ipa.as_deref(), read[1].letters, read.len()), (Some("pˈuːtɪn"), true, 2));
        let row = "Written;Letters\r\nEBRD;TRUE\r\n";
        let little_endian: Vec<u8> =
            format!("\u{FEFF}{row}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        let tables = [format!("sep=;\r\n{row}").into(), format!("\u{FEFF}{row}").into(), little_endian];
        for table in tables {
            let read = LexiconFormat::Csv.read(&table).unwrap();
            assert!(read.len() == 1 && read[0].letters && read[0].written == "EBRD", "{read:?}");
        }
        let told = LexiconFormat::Csv.read(b"written,ipa\n\xa3,a\n").unwrap_err().to_string();
        assert!(told.ends_with("not UTF-8 from byte 12 on; save it as UTF-8"), "{told}");
        for wrong in [
            "written,colour\na,red\n",
            "written,letters\na,perhaps\n",
            "written,case\na,some\n",
            "written,ipa\na\n",
            "Łódź,woodge\n",
        ] {
            assert!(LexiconFormat::Csv.read(wrong.as_bytes()).is_err(), "{wrong}");
        }
        assert!(LexiconFormat::Toml.read(b"[[entry]]\nwriten = \"a\"\n").is_err());
        assert_eq!(LexiconFormat::Toml.read(b"").unwrap(), []);
    }
}
