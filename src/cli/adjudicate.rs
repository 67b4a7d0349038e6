//! `misam adjudicate`

use std::collections::HashSet;
use std::fmt;
use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use serde::Serialize;
use serde_json::json;

use super::annotators::{Crew, say_what_is_left_out};
use super::table::count;
use super::{DONE, Failure, WRONG, complain};
use crate::annotation::{Document, DocumentId, Span};
use crate::formats::proved_record;
use crate::quality::adjudication::{
    Contested, Decisions, Disagreement, Followed, GOLD, Policy, Region, docket, followed,
    gold_with_decisions, suggest_open,
};
use crate::quality::agreement::LeftOut;
use crate::schema::LabelCode;
use crate::text::{ByteRange, SourceText};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    crew: Crew,
    /// How disagreements are decided; majority if nobody is to be followed
    #[arg(long)]
    policy: Option<PolicyName>,
    /// Who is followed where the policy leaves something open, or everywhere without a policy
    #[arg(long, value_name = "NAME")]
    follow: Option<String>,
    /// Put what stays open into the gold documents as suggestions
    #[arg(long)]
    suggest: bool,
    /// A file for the gold documents. Nothing is overwritten
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// The report as JSON on standard output; without --out the gold documents are not written
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum PolicyName {
    /// What more than half of the annotators say
    Majority,
    /// Everything that somebody says and nobody contradicts
    Union,
    /// Only what all say
    Intersection,
}

impl PolicyName {
    const fn policy(self) -> Policy {
        match self {
            Self::Majority => Policy::Majority,
            Self::Union => Policy::Union,
            Self::Intersection => Policy::Intersection,
        }
    }

    const fn as_str(self) -> &'static str {
        match self {
            Self::Majority => "majority",
            Self::Union => "union",
            Self::Intersection => "intersection",
        }
    }
}

pub(super) fn run(args: &Args) -> Result<u8, Failure> {
    let (mut voices, refused) = args.crew.annotators()?;
    // What came of deciding between annotators is not one of them.
    voices.retain(|voice| voice.annotator != GOLD);
    let names: Vec<String> = voices.iter().map(|voice| voice.annotator.clone()).collect();
    let policies = policies(args, &names)?;
    let mut docket = docket(&voices, None);
    name_apart(&mut docket.articles);
    let decisions = decide(&docket.articles, &policies);
    let mut output = output(args)?;
    for (article, base) in docket.articles.iter().zip(&docket.bases) {
        let mut document = gold_with_decisions(article, base, &names, &decisions);
        document.id = article.id.clone();
        if args.suggest {
            suggest_open(&mut document, article, &names, &decisions);
        }
        let record = proved_record(&document)?;
        writeln!(output, "{record}")?;
    }
    output.flush()?;
    say_what_is_left_out(&docket.left_out);
    let report = Report {
        policy: said(args),
        articles: docket.articles.len(),
        agreed: regions(&docket.articles).filter(|(_, region)| region.is_settled()).count(),
        decided: decisions.iter().count(),
        open: open(&docket.articles, &docket.bases, &names, &decisions),
        followed: followed(&docket.articles, &names, &decisions),
        left_out: docket.left_out,
    };
    if args.json {
        writeln!(io::stdout().lock(), "{}", json!(report))?;
    } else {
        complain(&report.to_string().trim_end());
    }
    if report.articles == 0 {
        complain(&"no article was labelled by two annotators; there is nothing to decide");
    }
    Ok(if refused || report.articles == 0 || !report.open.is_empty() { WRONG } else { DONE })
}

/// What decides, in turn.
fn policies(args: &Args, names: &[String]) -> Result<Vec<Policy>, Failure> {
    let by_policy = args.policy.map(PolicyName::policy);
    let by_name = args.follow.as_ref().map(|wanted| {
        let voice = names.iter().position(|name| name == wanted);
        let unknown = || Failure::NoAnnotator { name: wanted.clone(), known: names.join(", ") };
        voice.map(Policy::Follow).ok_or_else(unknown)
    });
    let mut policies: Vec<Policy> = by_policy.into_iter().collect();
    policies.extend(by_name.transpose()?);
    if policies.is_empty() {
        policies.push(Policy::Majority);
    }
    Ok(policies)
}

/// The policies by their names.
fn said(args: &Args) -> Vec<String> {
    let policy = match (args.policy, &args.follow) {
        (None, Some(_)) => None,
        (policy, _) => Some(policy.unwrap_or(PolicyName::Majority).as_str().to_owned()),
    };
    policy.into_iter().chain(args.follow.as_ref().map(|name| format!("follow {name}"))).collect()
}

/// Articles of one name in the files of different annotators get names of their own.
fn name_apart(articles: &mut [Contested]) {
    let mut taken = HashSet::new();
    for article in articles {
        let wanted = article.id.clone();
        for number in 2_u32.. {
            if taken.insert(article.id.clone()) {
                break;
            }
            article.id = DocumentId::new(format!("{wanted}-{number}"));
        }
    }
}

fn regions(articles: &[Contested]) -> impl Iterator<Item = (&Contested, &Region)> {
    articles.iter().flat_map(|article| article.regions.iter().map(move |region| (article, region)))
}

/// Decides about every disagreement by the first policy that can.
fn decide(articles: &[Contested], policies: &[Policy]) -> Decisions {
    let mut decisions = Decisions::default();
    for (article, region) in regions(articles).filter(|(_, region)| !region.is_settled()) {
        if let Some(decision) = policies.iter().find_map(|policy| policy.decide(region)) {
            decisions.decide(&article.id, region.range, decision);
        }
    }
    decisions
}

/// Where the gold documents go.
fn output(args: &Args) -> Result<Box<dyn Write>, Failure> {
    match &args.out {
        Some(path) => {
            let failed = |error| Failure::Folder { path: path.display().to_string(), error };
            Ok(Box::new(io::BufWriter::new(fs::File::create_new(path).map_err(failed)?)))
        }
        None if args.json => Ok(Box::new(io::sink())),
        None => Ok(Box::new(io::stdout().lock())),
    }
}

/// What was decided and what was not.
#[derive(Debug, Serialize)]
struct Report {
    /// What decided, in turn.
    policy: Vec<String>,
    /// Articles that two or more have labelled.
    articles: usize,
    /// Places where all say the same.
    agreed: usize,
    /// Disagreements that were decided.
    decided: usize,
    /// Those that were not.
    open: Vec<OpenPlace>,
    /// How often each annotator was right where they disagreed.
    followed: Vec<Followed>,
    /// Documents about which there is nothing to decide.
    left_out: LeftOut,
}

/// A disagreement that no policy could decide, in code points.
#[derive(Debug, Serialize)]
struct OpenPlace {
    document: DocumentId,
    #[serde(flatten)]
    place: Place,
    kinds: Vec<Disagreement>,
    said: Vec<Said>,
}

/// What one annotator says there.
#[derive(Debug, Serialize)]
struct Said {
    annotator: String,
    spans: Vec<SaidSpan>,
}

#[derive(Debug, Serialize)]
struct SaidSpan {
    label: LabelCode,
    #[serde(flatten)]
    place: Place,
}

#[derive(Debug, Serialize)]
struct Place {
    start: u32,
    end: u32,
    text: String,
}

impl Place {
    fn of(range: ByteRange, text: &SourceText) -> Self {
        let (start, end) = text.code_point_range(range).unwrap_or_default();
        Self { start: start.get(), end: end.get(), text: text.slice(range).unwrap_or_default().to_owned() }
    }
}

fn open(
    articles: &[Contested],
    bases: &[&Document],
    names: &[String],
    decisions: &Decisions,
) -> Vec<OpenPlace> {
    let mut open = Vec::new();
    for (article, base) in articles.iter().zip(bases) {
        let span =
            |span: &Span| SaidSpan { label: span.label.clone(), place: Place::of(span.range, &base.text) };
        let is_open =
            |region: &&Region| !region.is_settled() && decisions.of(&article.id, region.range).is_none();
        open.extend(article.regions.iter().filter(is_open).map(|region| {
            OpenPlace {
                document: article.id.clone(),
                place: Place::of(region.range, &base.text),
                kinds: region.kinds.clone(),
                said: region
                    .sides
                    .iter()
                    .map(|side| Said {
                        annotator: names.get(side.voice).cloned().unwrap_or_default(),
                        spans: side.spans.iter().map(span).collect(),
                    })
                    .collect(),
            }
        }));
    }
    open
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{}, by {}: {} agreed upon, {} decided, {} left open",
            count(self.articles, "article", "articles"),
            self.policy.join(", then "),
            count(self.agreed, "place", "places"),
            self.decided,
            self.open.len()
        )?;
        for row in self.followed.iter().filter(|row| row.decided > 0) {
            writeln!(f, "  {:<24} right in {} of {}", row.name, row.followed, row.decided)?;
        }
        for OpenPlace { document, place, kinds, said } in &self.open {
            let kinds: Vec<_> = kinds.iter().map(|kind| kind.as_str()).collect();
            let (start, end) = (place.start, place.end);
            writeln!(f, "{document}, {start} to {end}: {}", kinds.join(", "))?;
            for Said { annotator, spans } in said {
                let spans: Vec<_> =
                    spans.iter().map(|span| format!("{} {}", span.label, span.place.text)).collect();
                let spans = if spans.is_empty() { "nothing".to_owned() } else { spans.join(" + ") };
                writeln!(f, "  {annotator:<24} {}", spans.replace(['\n', '\r'], "⏎"))?;
            }
        }
        Ok(())
    }
}
