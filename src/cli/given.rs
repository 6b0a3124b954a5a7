//! Who gave a value: a flag, or a variable of the environment.

use std::ffi::OsStr;

use clap::Arg;
use clap::builder::TypedValueParser;
use clap::parser::ValueSource;

/// A value, and whether a flag named it: that goes before a variable, which may be for something else.
#[derive(Clone, Debug)]
pub(super) struct Given<T> {
    pub(super) value: T,
    pub(super) by_flag: bool,
}

/// Parses a value, and notes who gave it.
#[derive(Clone)]
pub(super) struct Noting<P>(pub(super) P);

impl<P: TypedValueParser> TypedValueParser for Noting<P>
where
    P::Value: Clone,
{
    type Value = Given<P::Value>;

    fn parse_ref(
        &self,
        command: &clap::Command,
        arg: Option<&Arg>,
        value: &OsStr,
    ) -> Result<Self::Value, clap::Error> {
        self.parse_ref_(command, arg, value, ValueSource::CommandLine)
    }

    fn parse_ref_(
        &self,
        command: &clap::Command,
        arg: Option<&Arg>,
        value: &OsStr,
        source: ValueSource,
    ) -> Result<Self::Value, clap::Error> {
        let value = self.0.parse_ref_(command, arg, value, source)?;
        Ok(Given { value, by_flag: source == ValueSource::CommandLine })
    }
}

/// Whether there is a value and a flag named it.
pub(super) fn by_flag<T>(given: &Option<Given<T>>) -> bool {
    given.as_ref().is_some_and(|given| given.by_flag)
}
