//! The built command line, run on the folders of `tests/cases/cli`.
//!
//! A case holds the arguments (`args`, one a line), what comes in (`stdin` and any other files, named in the
//! arguments) and what must come out: `stdout`, `stderr` and the exit code (`code`). `MISAM_BLESS=1` writes down what
//! comes out now; read the difference before you commit it.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![cfg(all(feature = "cli", not(target_arch = "wasm32")))]

use std::fs;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use misam::annotation::{Document, DocumentId, Origin};
use misam::formats::{ReadOptions, jsonl};

const MISAM: &str = env!("CARGO_BIN_EXE_misam");

struct Outcome {
    stdout: Vec<u8>,
    stderr: Vec<u8>,
    code: String,
}

fn run(folder: &Path, args: &[&str], stdin: Vec<u8>) -> Outcome {
    let mut child = Command::new(MISAM)
        .args(args)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    // A command that reads nothing may be gone before its input is written.
    let writer = std::thread::spawn(move || drop(input.write_all(&stdin)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    let code = output.status.code().map_or("killed".to_owned(), |code| code.to_string());
    Outcome { stdout: output.stdout, stderr: output.stderr, code }
}

fn cases() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/cli");
    let mut folders: Vec<_> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders
}

#[test]
fn every_case_comes_out_as_written_down() {
    let bless = std::env::var_os("MISAM_BLESS").is_some();
    let mut failures = Vec::new();
    for folder in cases() {
        let args = fs::read_to_string(folder.join("args")).unwrap();
        let args: Vec<&str> = args.lines().collect();
        let stdin = fs::read(folder.join("stdin")).unwrap_or_default();
        let found = run(&folder, &args, stdin);
        for (name, content) in [
            ("stdout", &found.stdout),
            ("stderr", &found.stderr),
            ("code", &format!("{}\n", found.code).into()),
        ] {
            let path = folder.join(name);
            if bless {
                fs::write(&path, content).unwrap();
            } else if fs::read(&path).unwrap_or_default() != *content {
                failures.push(format!("{}\n{}", path.display(), String::from_utf8_lossy(content)));
            }
        }
    }
    assert!(failures.is_empty(), "came out otherwise:\n\n{}", failures.join("\n"));
}

#[test]
fn what_comes_out_of_a_conversion_is_valid_and_does_not_change_again() {
    for folder in cases() {
        let stdout = fs::read(folder.join("stdout")).unwrap();
        if !stdout.starts_with(b"{\"format\":\"misam/1\"") {
            continue;
        }
        let again = run(&folder, &["convert", "--from", "misam", "--to", "misam", "-"], stdout.clone());
        assert_eq!(
            String::from_utf8_lossy(&again.stdout),
            String::from_utf8_lossy(&stdout),
            "{}",
            folder.display()
        );
        assert_eq!(again.code, "0", "{}", folder.display());
    }
}

#[test]
fn records_leave_before_the_input_ends() {
    let line = jsonl::write_record(&Document::new(DocumentId::new("a"), "خبر")).unwrap() + "\n";
    // Of a conversion each record, of a validation each breach.
    for (args, line, code) in [
        (&["convert", "--from", "misam", "--to", "misam"][..], line.as_str(), 0),
        (&["convert", "--from", "misam", "--to", "prodigy", "--lossy"][..], line.as_str(), 0),
        (&["extract", "--rules", "--threads", "1", "-"][..], line.as_str(), 0),
        (&["validate", "--json", "-"][..], "{}\n", 1),
    ] {
        let mut child = Command::new(MISAM)
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let mut stdout = child.stdout.take().unwrap();
        for id in 0..3 {
            let line = line.replacen("\"a\"", &format!("\"{id}\""), 1);
            stdin.write_all(line.as_bytes()).unwrap();
            stdin.flush().unwrap();
            // Blocks for ever if the command waits for more input before it answers.
            let mut byte = [0];
            while byte != [b'\n'] {
                stdout.read_exact(&mut byte).unwrap();
            }
        }
        drop((stdin, stdout));
        assert_eq!(child.wait().unwrap().code(), Some(code), "{args:?}");
    }
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let line =
        jsonl::write_record(&Document::new(DocumentId::new("a"), "خبر".repeat(1000).as_str())).unwrap();
    let input = format!("{line}\n").repeat(200);
    let mut child = Command::new(MISAM)
        .args(["convert", "--from", "prodigy", "--to", "misam", "--lossy"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || drop(stdin.write_all(input.as_bytes())));
    let mut stderr = String::new();
    child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
    let status = child.wait().unwrap();
    writer.join().unwrap();
    assert!(status.success(), "{status}");
    assert!(!stderr.contains("panicked") && !stderr.contains("Broken pipe"), "{stderr}");
}

#[test]
fn texts_go_into_a_folder_and_overwrite_nothing() {
    let folder = std::env::temp_dir().join(format!("misam-test-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    let out = folder.to_str().unwrap();
    let record = |id: &str| jsonl::write_record(&Document::new(DocumentId::new(id), id)).unwrap() + "\n";
    let input = record("a/b") + &record("a:b");
    let args = ["convert", "--from", "misam", "--to", "text", "--out", out];
    let first = run(Path::new("."), &args, input.clone().into_bytes());
    assert_eq!(first.code, "0", "{}", String::from_utf8_lossy(&first.stderr));
    let mut names: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["a_b-2.txt", "a_b.txt"]);
    assert_eq!(fs::read_to_string(folder.join("a_b.txt")).unwrap(), "a/b");
    let second = run(Path::new("."), &args, input.into_bytes());
    assert_eq!(second.code, "3");
    assert_eq!(fs::read_to_string(folder.join("a_b.txt")).unwrap(), "a/b");
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_dataset_is_packed_the_same_each_time_and_overwrites_nothing() {
    let folder = std::env::temp_dir().join(format!("misam-bundle-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    let case = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/cli/a_dataset_is_counted");
    let pack = |name: &str| {
        let out = folder.join(name);
        let args = ["bundle", "--out", out.to_str().unwrap(), "--ratios", "train=2,test=1", "a.jsonl"];
        let outcome = run(&case, &args, Vec::new());
        (outcome.code, fs::read(out.join("checksums.sha256")).unwrap())
    };
    let (first, second) = (pack("a"), pack("b"));
    assert_eq!(first.0, "0");
    assert_eq!(first.1, second.1);
    let records = fs::read_to_string(folder.join("a/data/train.jsonl")).unwrap();
    assert!(records.starts_with("{\"format\":\"misam/1\"") && !records.contains("suggested"), "{records}");
    assert_eq!(pack("a").0, "3");
    let zip = folder.join("a.zip");
    let args = ["bundle", "--out", zip.to_str().unwrap(), "--ratios", "train=2,test=1", "a.jsonl"];
    assert_eq!(run(&case, &args, Vec::new()).code, "0");
    let files = misam::formats::archive::unpack(&fs::read(&zip).unwrap()).unwrap();
    assert_eq!(files["checksums.sha256"], first.1);
    assert_eq!(run(&case, &args, Vec::new()).code, "3");
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn extracted_records_are_valid_and_hold_only_suggestions() {
    let record = r#"{"id":"own","text":"زار الوفد بغداد أمس.","spans":[{"start":0,"end":3,"label":"PER"}]}"#;
    for (args, input) in [
        (&["extract", "--rules"][..], "زار الوفد بغداد أمس."),
        (&["extract", "--rules"], record),
        (&["extract"], "زار الوفد بغداد أمس."),
        (&["extract"], record),
    ] {
        let extracted = run(Path::new("."), args, input.into());
        assert_eq!(extracted.code, "0", "{}", String::from_utf8_lossy(&extracted.stderr));
        let line = String::from_utf8(extracted.stdout).unwrap();
        let reading = jsonl::validate_record(line.trim_end(), 1, &ReadOptions::for_file("-"));
        assert_eq!(reading.problems, []);
        let document = reading.document.unwrap();
        assert!(document.spans.iter().all(|span| span.origin == Origin::Suggested && span.source.is_some()));
        assert!(document.spans.iter().any(|span| document.text.slice(span.range) == Some("بغداد")), "{line}");
    }
    let kept = run(Path::new("."), &["extract", "--rules", "--keep", "-"], record.into());
    assert!(
        String::from_utf8(kept.stdout)
            .unwrap()
            .contains("\"label\":\"PER\",\"text\":\"زار\",\"origin\":\"imported\"")
    );
}

/// The model in the repository; without it the command line has the rules alone, and there is nothing to test.
fn model() -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/model/news.misam-model");
    let there = path.exists().then(|| path.to_str().unwrap().to_owned());
    if there.is_none() {
        eprintln!("skipped: {} is not there; ./dev train makes it", path.display());
    }
    there
}

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

#[test]
fn the_model_labels_by_default_and_says_so() {
    let Some(model) = model() else { return };
    let text = "زار وزير الخارجية العراقي فؤاد حسين دمشق أمس.";
    let source = |args: &[&str]| {
        let outcome = run(Path::new("."), args, text.into());
        assert_eq!((outcome.code.as_str(), outcome.stderr.as_slice()), ("0", &b""[..]), "{args:?}");
        let record: serde_json::Value = serde_json::from_slice(&outcome.stdout).unwrap();
        record["spans"][0]["source"].as_str().unwrap().to_owned()
    };
    let by_default = source(&["extract"]);
    assert!(by_default.starts_with("misam-news"), "{by_default}");
    assert_eq!(source(&["extract", "--model", &model]), by_default);
    assert!(source(&["extract", "--rules"]).starts_with("misam-rules/"));
}

#[test]
fn any_number_of_threads_writes_the_same_bytes() {
    let parts = ["part-e.jsonl", "part-f.jsonl"];
    let extract = |threads: &str| {
        let args = ["extract", "--rules", "--threads", threads, parts[0], parts[1]];
        run(&corpus(), &args, Vec::new()).stdout
    };
    let alone = extract("1");
    let ids = |bytes: &[u8]| -> Vec<String> {
        let records = bytes.split(|&byte| byte == b'\n').filter(|line| !line.is_empty());
        let values = records.map(|line| serde_json::from_slice::<serde_json::Value>(line).unwrap());
        values.map(|record| record["id"].as_str().unwrap().to_owned()).collect()
    };
    let given: Vec<_> = parts.iter().flat_map(|part| ids(&fs::read(corpus().join(part)).unwrap())).collect();
    assert_eq!(ids(&alone), given);
    assert!(extract("3") == alone);
}

#[test]
fn a_file_that_is_no_model_is_refused() {
    for args in [&["extract", "--model", "part-a.txt", "-"][..], &["model", "info", "part-a.txt"]] {
        let outcome = run(&corpus(), args, "خبر".into());
        assert_eq!(outcome.code, "1");
        assert_eq!(outcome.stdout, b"");
        let said = String::from_utf8(outcome.stderr).unwrap();
        assert!(said.starts_with("part-a.txt: this is not a Misam model"), "{said}");
    }
    assert_eq!(run(&corpus(), &["model", "info", "missing"], Vec::new()).code, "3");
    assert_eq!(run(&corpus(), &["extract", "--rules", "--model", "x"], Vec::new()).code, "2");
}

#[test]
fn a_model_tells_of_itself() {
    let Some(path) = model() else { return };
    let json = run(Path::new("."), &["model", "info", "--json", &path], Vec::new());
    let info: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(info["bytes"].as_u64(), Some(fs::metadata(&path).unwrap().len()));
    for key in ["name", "licence", "data", "scores", "thresholds"] {
        assert!(!info["about"][key].is_null(), "{key}");
    }
    let labels = info["heads"].as_array().unwrap().last().unwrap()["labels"].as_array().unwrap();
    let schema = misam::schema::Schema::conflict_news();
    assert!(labels.iter().all(|label| schema.labels.iter().any(|known| label == known.code.as_str())));
    let built_in = run(Path::new("."), &["model", "info", "--json"], Vec::new());
    assert_eq!(built_in.stdout, json.stdout);
    let text = String::from_utf8(run(Path::new("."), &["model", "info"], Vec::new()).stdout).unwrap();
    for key in ["licence", "sha256"] {
        let value = info["about"][key].as_str().or(info[key].as_str()).unwrap();
        assert!(text.contains(value), "{key}: {text}");
    }
}

#[test]
fn help_documents_the_exit_codes() {
    for args in [
        &["--help"][..],
        &["extract", "--help"],
        &["validate", "--help"],
        &["convert", "--help"],
        &["eval", "--help"],
        &["agreement", "--help"],
        &["lint", "--help"],
        &["stats", "--help"],
        &["split", "--help"],
        &["card", "--help"],
        &["bundle", "--help"],
        &["model", "info", "--help"],
    ] {
        let help = String::from_utf8(run(Path::new("."), args, Vec::new()).stdout).unwrap();
        assert!(help.contains("Exit codes:"), "{args:?}");
    }
}
