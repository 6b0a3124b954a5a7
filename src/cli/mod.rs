//! The command line: a file a command.

mod approve;
mod check;
mod decode;
mod error;
mod explain;
mod figures;
mod generate;
mod given;
mod health;
mod input;
mod lexicon;
mod place;
mod prune;
mod recording;
mod remote;
mod script;
mod serve;
mod speak;
mod stages;
mod status;
mod voices;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, CommandFactory, Parser, Subcommand};

use crate::config::{Config, ConfigError};
use crate::speech;
use error::CliError;

/// Reads a site's articles aloud, in a neural voice on your own machine.
#[derive(Debug, Parser)]
#[command(
    version,
    about,
    max_term_width = 100,
    after_help = "\
Examples:
  lectern serve                                 the service, with a demo page at http://127.0.0.1:8080/
  lectern speak article.txt -o article.mp3      one article to one file
  lectern script article.txt                    what would be said, without speaking
  lectern lexicon add Łódź --respell woodge       how a word sounds in this house
  lectern generate articles/                    many articles, made before anybody presses
  lectern voices list                           the voices on this machine

Settings come from the defaults, then --config FILE, then LECTERN_… variables, then flags."
)]
struct Cli {
    #[command(flatten)]
    settings: SettingsArgs,
    #[command(subcommand)]
    command: Command,
}

/// Settings every command takes.
#[derive(Args, Debug)]
struct SettingsArgs {
    /// Settings in TOML
    #[arg(
        long,
        global = true,
        help_heading = "Settings of all commands",
        value_name = "FILE",
        env = "LECTERN_CONFIG"
    )]
    config: Option<PathBuf>,
    /// Folder of ONNX Runtime, espeak-ng's data and the voices [default: parts, here or near the program]
    #[arg(
        long,
        global = true,
        help_heading = "Settings of all commands",
        value_name = "DIR",
        env = "LECTERN_PARTS",
        hide_env_values = true
    )]
    parts: Option<PathBuf>,
    /// ONNX Runtime's library [default: in the parts folder]
    #[arg(
        long,
        global = true,
        help_heading = "Settings of all commands",
        value_name = "FILE",
        env = "LECTERN_ONNXRUNTIME"
    )]
    onnxruntime: Option<PathBuf>,
    /// Folder of voices [default: voices in the parts folder]
    #[arg(
        long,
        global = true,
        help_heading = "Settings of all commands",
        value_name = "DIR",
        env = "LECTERN_VOICES"
    )]
    voices: Option<PathBuf>,
}

impl SettingsArgs {
    fn config(&self) -> Result<Config, ConfigError> {
        let mut config = match &self.config {
            Some(path) => Config::read(path)?,
            None => Config::default(),
        };
        set(&mut config.parts, &self.parts);
        set(&mut config.onnxruntime, &self.onnxruntime);
        set(&mut config.voices, &self.voices);
        Ok(config)
    }
}

/// Overrides a setting where a flag or variable names one.
fn set<T: Clone>(setting: &mut Option<T>, given: &Option<T>) {
    if given.is_some() {
        setting.clone_from(given);
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the service
    Serve(serve::Serve),
    /// Speak one article into one file
    Speak(speak::Speak),
    /// Show what would be said, without speaking
    Script(script::ScriptArgs),
    /// Show what is said for a sentence, why, and how it sounds
    Explain(explain::Explain),
    /// How words sound in this house
    Lexicon(lexicon::Lexicon),
    /// Make the audio of many articles before anybody presses
    Generate(generate::Generate),
    /// Tell what is ready, what waits, what failed and why, and what is heard
    Status(status::Status),
    /// Have readers hear an article that needs review
    Approve(approve::Approve),
    /// Have readers hear people read an article, in place of the voice
    Recording(recording::Recording),
    /// The voices on this machine
    Voices(voices::Voices),
    /// Check that the data folder holds what it should
    Check(check::Check),
    /// Forget old revisions, and remove audio until little enough is left
    Prune(prune::Prune),
    /// Ask a running service whether it is ready
    Health(health::Health),
    #[command(hide = true)]
    Decode(decode::Decode),
}

/// Variables in the environment that look like settings and are none.
fn unknown_variables() -> Vec<String> {
    fn known(command: &clap::Command, names: &mut Vec<String>) {
        let own = command.get_arguments().filter_map(|arg| arg.get_env()?.to_str());
        names.extend(own.map(str::to_owned));
        command.get_subcommands().for_each(|command| known(command, names));
    }
    let mut names = vec!["LECTERN_LOG".to_owned()];
    known(&Cli::command(), &mut names);
    let set = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    // Kubernetes sets some of its own for a service of that name.
    let foreign = |name: &String| name.starts_with("LECTERN_PORT") || name.starts_with("LECTERN_SERVICE_");
    set.filter(|name| name.starts_with("LECTERN_") && !names.contains(name) && !foreign(name)).collect()
}

/// Runs the program: 0 done, 1 failed, 2 wrong usage.
pub fn main() -> ExitCode {
    speech::forbid_telemetry();
    let cli = Cli::parse();
    match run(&cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => error.report(),
    }
}

fn run(cli: &Cli) -> Result<(), CliError> {
    let config = cli.settings.config()?;
    match &cli.command {
        Command::Serve(args) => args.run(config),
        Command::Speak(args) => args.run(config),
        Command::Script(args) => args.run(config),
        Command::Explain(args) => args.run(config),
        Command::Lexicon(args) => args.run(config),
        Command::Generate(args) => args.run(config),
        Command::Status(args) => args.run(config),
        Command::Approve(args) => args.run(config),
        Command::Recording(args) => args.run(config),
        Command::Voices(args) => args.run(&config),
        Command::Check(args) => args.run(config),
        Command::Prune(args) => args.run(config),
        Command::Health(args) => args.run(&config),
        Command::Decode(args) => args.run(),
    }
}
