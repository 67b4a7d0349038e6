//! The command line.

use std::process::ExitCode;

fn main() -> ExitCode {
    misam::cli::run()
}
