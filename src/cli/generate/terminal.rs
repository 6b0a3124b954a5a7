//! Where the picture of a run is drawn.

use std::io;

use console::Term;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle, TermLike};

/// Drawings a second.
const RATE: u8 = 10;

/// A picture on standard error; none where that is no terminal, or one that can't move its cursor.
pub(super) fn picture() -> ProgressBar {
    let term = Term::buffered_stderr();
    let dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
    let target = match term.is_term() && !dumb {
        true => ProgressDrawTarget::term_like_with_hz(Box::new(Home(term)), RATE),
        false => ProgressDrawTarget::hidden(),
    };
    // The shape is a constant; should indicatif ever refuse it, its own will do.
    let style = ProgressStyle::with_template("{msg}").unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::with_draw_target(None, target).with_style(style)
}

/// A terminal whose cursor waits where the last line begins. At its end the terminal's own "^C"
/// would begin another line, and the picture would leave a part of itself behind.
#[derive(Debug)]
struct Home(Term);

impl TermLike for Home {
    fn width(&self) -> u16 {
        self.0.size().1
    }

    fn height(&self) -> u16 {
        self.0.size().0
    }

    fn move_cursor_up(&self, n: usize) -> io::Result<()> {
        self.0.move_cursor_up(n)
    }

    fn move_cursor_down(&self, n: usize) -> io::Result<()> {
        self.0.move_cursor_down(n)
    }

    fn move_cursor_right(&self, n: usize) -> io::Result<()> {
        self.0.move_cursor_right(n)
    }

    fn move_cursor_left(&self, n: usize) -> io::Result<()> {
        self.0.move_cursor_left(n)
    }

    fn write_line(&self, text: &str) -> io::Result<()> {
        self.0.write_line(text)
    }

    fn write_str(&self, text: &str) -> io::Result<()> {
        self.0.write_str(text)
    }

    fn clear_line(&self) -> io::Result<()> {
        self.0.clear_line()
    }

    fn flush(&self) -> io::Result<()> {
        self.0.write_str("\r")?;
        self.0.flush()
    }
}
