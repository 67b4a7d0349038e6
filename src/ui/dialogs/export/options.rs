//! What can be chosen about a file of a format.

use leptos::prelude::*;

use crate::app::ReviewText;
use crate::formats::{
    CliticPolicy, Columns, Format, Header, MisfitKind, Remedy, Scheme, WriteOption, WriteOptions,
};
use crate::ui::model::{Model, use_model};

#[component]
pub(super) fn Options(format: RwSignal<Format>, options: RwSignal<WriteOptions>) -> impl IntoView {
    let model = use_model();
    let fields = move || {
        let format = format.get();
        let field = |option: &WriteOption| match option {
            WriteOption::Scheme => vec![choice(
                model,
                ReviewText::OptionScheme,
                "option-scheme",
                // Names of schemes are the same in every language.
                Scheme::ALL
                    .iter()
                    .map(|scheme| (scheme.as_str(), Name::Plain(scheme_name(*scheme))))
                    .collect(),
                options.with_untracked(|options| options.scheme.as_str()),
                move |word| set(options, word, |options, scheme| options.scheme = scheme),
            )],
            WriteOption::Columns => vec![choice(
                model,
                ReviewText::OptionColumns,
                "option-columns",
                Columns::ALL
                    .iter()
                    .map(|columns| (columns.as_str(), Name::Said(columns_name(*columns))))
                    .collect(),
                options.with_untracked(|options| options.columns.as_str()),
                move |word| set(options, word, |options, columns| options.columns = columns),
            )],
            WriteOption::Clitics => vec![choice(
                model,
                ReviewText::OptionClitics,
                "option-clitics",
                CliticPolicy::ALL
                    .iter()
                    .map(|policy| (policy.as_str(), Name::Said(clitics_name(*policy))))
                    .collect(),
                options.with_untracked(|options| options.clitics.as_str()),
                move |word| set(options, word, |options, clitics| options.clitics = clitics),
            )],
            WriteOption::Header => vec![choice(
                model,
                ReviewText::OptionHeader,
                "option-header",
                Header::ALL
                    .iter()
                    .map(|header| (header.as_str(), Name::Said(header_name(*header))))
                    .collect(),
                options.with_untracked(|options| options.header.as_str()),
                move |word| set(options, word, |options, header| options.header = header),
            )],
            WriteOption::Alignment => format
                .holds(&options.get_untracked())
                .misfits()
                .map(|kind| remedy(model, options, kind))
                .collect(),
        };
        format.options().iter().flat_map(field).collect::<Vec<_>>()
    };
    view! { <div class="export-options">{fields}</div> }
}

/// What a choice is called: as it is everywhere, or in the language of the page.
#[derive(Clone, Copy)]
enum Name {
    Plain(&'static str),
    Said(ReviewText),
}

/// A field with a list to choose from.
fn choice(
    model: Model,
    name: ReviewText,
    testid: &'static str,
    offered: Vec<(&'static str, Name)>,
    chosen: &'static str,
    on_choice: impl Fn(&str) + 'static,
) -> AnyView {
    let option = |(word, name): (&'static str, Name)| {
        let said = move || match name {
            Name::Plain(name) => name,
            Name::Said(text) => model.language.get().text(text),
        };
        view! {
            <option value=word selected=word == chosen>
                {said}
            </option>
        }
    };
    view! {
        <label class="field">
            <span class="field-label">{model.text(name)}</span>
            <select class="input" data-testid=testid on:change=move |event| on_choice(&event_target_value(&event))>
                {offered.into_iter().map(option).collect_view()}
            </select>
        </label>
    }
    .into_any()
}

/// What becomes of a kind of misfit.
fn remedy(model: Model, options: RwSignal<WriteOptions>, kind: MisfitKind) -> AnyView {
    let offered =
        kind.remedies().iter().map(|remedy| (remedy.as_str(), Name::Said(remedy_name(kind, *remedy))));
    choice(
        model,
        misfit_name(kind),
        remedy_hook(kind),
        offered.collect(),
        options.with_untracked(|options| options.alignment.remedy(kind).as_str()),
        move |word| {
            if let Ok(remedy) = word.parse() {
                // Only its own remedies are offered.
                options.update(|options| drop(options.alignment.set(kind, remedy)));
            }
        },
    )
}

fn set<T: std::str::FromStr>(
    options: RwSignal<WriteOptions>,
    word: &str,
    set: impl FnOnce(&mut WriteOptions, T),
) {
    if let Ok(value) = word.parse() {
        options.update(|options| set(options, value));
    }
}

fn remedy_hook(kind: MisfitKind) -> &'static str {
    match kind {
        MisfitKind::InsideWord => "remedy-inside-word",
        MisfitKind::Nested => "remedy-nested",
        MisfitKind::Overlapping => "remedy-overlapping",
        MisfitKind::Discontinuous => "remedy-discontinuous",
        MisfitKind::BlankEdge => "remedy-blank-edge",
        MisfitKind::Blank => "remedy-blank",
    }
}

fn scheme_name(scheme: Scheme) -> &'static str {
    match scheme {
        Scheme::Iob1 => "IOB1",
        Scheme::Iob2 => "IOB2 (BIO)",
        Scheme::Bioes => "BIOES",
        Scheme::Bilou => "BILOU",
    }
}

fn columns_name(columns: Columns) -> ReviewText {
    match columns {
        Columns::Two => ReviewText::ColumnsTwo,
        Columns::Four => ReviewText::ColumnsFour,
    }
}

fn clitics_name(policy: CliticPolicy) -> ReviewText {
    match policy {
        CliticPolicy::Keep => ReviewText::CliticsKeep,
        CliticPolicy::Split => ReviewText::CliticsSplit,
    }
}

fn header_name(header: Header) -> ReviewText {
    match header {
        Header::Comments => ReviewText::HeaderComments,
        Header::None => ReviewText::HeaderNone,
    }
}

/// Why a span does not fit.
pub(super) fn misfit_name(kind: MisfitKind) -> ReviewText {
    match kind {
        MisfitKind::InsideWord => ReviewText::MisfitInsideWord,
        MisfitKind::Nested => ReviewText::MisfitNested,
        MisfitKind::Overlapping => ReviewText::MisfitOverlapping,
        MisfitKind::Discontinuous => ReviewText::MisfitDiscontinuous,
        MisfitKind::BlankEdge | MisfitKind::Blank => ReviewText::MisfitBlank,
    }
}

fn remedy_name(kind: MisfitKind, remedy: Remedy) -> ReviewText {
    match (kind, remedy) {
        (MisfitKind::Discontinuous, Remedy::Widen) => ReviewText::RemedyCloseGaps,
        (MisfitKind::Discontinuous, Remedy::Split) => ReviewText::RemedyPieces,
        (_, Remedy::Widen) => ReviewText::RemedyWiden,
        (_, Remedy::Split) => ReviewText::RemedySplit,
        (MisfitKind::Nested | MisfitKind::Overlapping, Remedy::Drop) => ReviewText::RemedyDropBoth,
        (_, Remedy::Drop) => ReviewText::RemedyDrop,
        (_, Remedy::Outermost) => ReviewText::RemedyOutermost,
        (_, Remedy::Narrow) => ReviewText::RemedyNarrow,
    }
}
