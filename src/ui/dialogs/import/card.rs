//! What came of one file, and what can be chosen about it.

use leptos::prelude::*;

use super::arrivals::Arrivals;
use super::notes::Notes;
use crate::app::evidence_text::{say_counting, say_encoding_evidence};
use crate::app::format_text::format_name;
use crate::app::intake::{Account, Choices, FieldFound, FileState, FileStatus, Found, shown_name};
use crate::app::{Counted, ReviewCounted, ReviewText};
use crate::formats::{Encoding, Format, ReadChoices, Role};
use crate::ui::importing;
use crate::ui::model::{Model, use_model};
use crate::ui::widgets::Icon;

#[component]
pub(super) fn FileCard(
    /// The place of the file among those of the import.
    number: usize,
) -> impl IntoView {
    let model = use_model();
    let intake = model.importing.intake;
    let name = intake.with_untracked(|intake| intake.files.get(number).map(|file| shown_name(file.name())));
    let account = Memo::new(move |_| {
        intake.with(|intake| intake.files.get(number).map(|file| file.account.clone()).unwrap_or_default())
    });
    let status = Memo::new(move |_| intake.with(|intake| intake.files.get(number).map(|file| file.status)));
    // Drawn anew when the file has been read once more, and not when an article of it is ticked.
    let readings = Memo::new(move |before: Option<&(u32, bool)>| {
        let is_read = status.get() == Some(FileStatus::Read);
        let (count, was_read) = before.copied().unwrap_or_default();
        (if is_read && !was_read { count + 1 } else { count }, is_read)
    });
    let reading = Memo::new(move |_| readings.get().0);
    let taken = move || {
        let taken = intake.with(|intake| intake.files.get(number).map_or(0, FileState::taken));
        model.count(Counted::ArticlesCounted, taken)
    };
    view! {
        <section class="import-file" data-testid="import-file" aria-busy=move || (!readings.get().1).to_string()>
            <h3 class="import-file-name">
                <Icon name="open" />
                <bdi>{name}</bdi>
                <span class="import-file-count">{taken}</span>
            </h3>
            <Settings number account />
            {move || {
                reading.get();
                let account = account.get_untracked();
                (!account.notes.is_empty()).then(|| view! { <Notes number groups=account.notes /> })
            }}
            {move || {
                reading.get();
                view! { <Arrivals number /> }
            }}
        </section>
    }
}

/// Changes what was chosen about a file, and has it read once more.
fn choose(model: Model, number: usize, change: impl FnOnce(&mut Choices)) {
    let choices =
        model.importing.intake.with_untracked(|intake| Some(intake.files.get(number)?.choices.clone()));
    if let Some(mut choices) = choices {
        change(&mut choices);
        importing::read_again(model, number, choices);
    }
}

/// Format and encoding, each as it was found and with what spoke for it, to be changed; and what offsets count.
#[component]
fn Settings(number: usize, account: Memo<Account>) -> impl IntoView {
    let model = use_model();
    let intake = model.importing.intake;
    let choices = Memo::new(move |_| {
        intake.with(|intake| intake.files.get(number).map(|file| file.choices.clone()).unwrap_or_default())
    });
    let first = move || account.with(|account| account.found.first().cloned());
    let formats = Format::ALL.into_iter();
    let format_options = formats
        .map(|format| {
            let is_chosen = move || choices.with(|choices| choices.format == Some(format));
            view! {
                <option value=format.as_str() prop:selected=is_chosen>
                    {move || format_name(format, model.language.get())}
                </option>
            }
        })
        .collect_view();
    let encoding_options = Encoding::ALL
        .into_iter()
        .enumerate()
        .map(|(at, encoding)| {
            let is_chosen = move || choices.with(|choices| choices.encoding == Some(encoding));
            view! {
                <option value=at.to_string() prop:selected=is_chosen>
                    {encoding.name()}
                </option>
            }
        })
        .collect_view();
    let found_format = move || {
        let language = model.language.get();
        match first() {
            Some(Found { format, .. }) => {
                let name = language.own_name(format_name(format, language));
                language.fill(ReviewText::ImportFound, &[("found", &name)])
            }
            None => language.text(ReviewText::ImportNotFound).to_owned(),
        }
    };
    let found_encoding = move || {
        let language = model.language.get();
        match first().and_then(|found| found.encoding) {
            Some(detected) => language.fill(ReviewText::ImportFound, &[("found", detected.encoding.name())]),
            None => language.text(ReviewText::ImportNotFound).to_owned(),
        }
    };
    let why = move || {
        let language = model.language.get();
        account.with(|account| {
            let said = |found: &Found| {
                let mut said = vec![format!(
                    "{}: {}",
                    format_name(found.format, language),
                    language.pick(&found.why.en, &found.why.ar)
                )];
                if let Some(detected) = found.encoding {
                    let why = say_encoding_evidence(detected.evidence, language);
                    said.push(format!("{}: {why}", detected.encoding.name()));
                }
                if account.found.len() > 1 {
                    said.push(model.count(ReviewCounted::FilesCounted, found.files));
                }
                said.join(" · ")
            };
            let mut lines: Vec<_> = account.found.iter().map(said).collect();
            lines
                .extend(account.counting.map(|counting| say_counting(counting.unit, counting.end, language)));
            lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()
        })
    };
    let fields = move || {
        account.with(|account| !account.fields.is_empty()).then(|| {
            Role::ALL.into_iter().map(|role| view! { <FieldChoice number account role /> }).collect_view()
        })
    };
    let first_row = move || {
        account.with(|account| account.first_row_is_article).map(|is_article| {
            view! {
                <label class="check">
                    <input
                        type="checkbox"
                        data-testid="import-first-row"
                        prop:checked=is_article
                        on:change=move |event| {
                            let is_article = event_target_checked(&event);
                            choose(
                                model,
                                number,
                                |choices| {
                                    choices.read.first_row_is_article = Some(is_article);
                                    // The columns have other names now.
                                    choices.read.fields.clear();
                                },
                            );
                        }
                    />
                    <span>{model.text(ReviewText::ImportFirstRow)}</span>
                </label>
            }
        })
    };
    let judged = move || {
        account.with(|account| account.is_judged).then(|| {
            let check = move |text: ReviewText, name: &'static str, of: fn(&mut ReadChoices) -> &mut bool| {
                let is_on = choices.with(|choices| *of(&mut choices.read.clone()));
                view! {
                    <label class="check">
                        <input
                            type="checkbox"
                            data-testid=name
                            prop:checked=is_on
                            on:change=move |event| {
                                let is_on = event_target_checked(&event);
                                choose(model, number, |choices| *of(&mut choices.read) = is_on);
                            }
                        />
                        <span>{model.text(text)}</span>
                    </label>
                }
            };
            view! {
                {check(ReviewText::ImportWholePage, "import-whole-page", |choices| &mut choices.whole_page)}
                {check(ReviewText::ImportWithoutOriginal, "import-without-original", |choices| &mut choices.without_original)}
            }
        })
    };
    view! {
        <div class="import-settings">
            <label class="field">
                <span class="field-label">{model.text(ReviewText::ImportFormat)}</span>
                <select
                    class="select"
                    data-testid="import-format"
                    on:change=move |event| {
                        let format = event_target_value(&event).parse().ok();
                        choose(model, number, |choices| choices.format = format);
                    }
                >
                    <option value="" prop:selected=move || choices.with(|choices| choices.format.is_none())>
                        {found_format}
                    </option>
                    {format_options}
                </select>
            </label>
            <label class="field">
                <span class="field-label">{model.text(ReviewText::ImportEncoding)}</span>
                <select
                    class="select"
                    data-testid="import-encoding"
                    on:change=move |event| {
                        let at: Option<usize> = event_target_value(&event).parse().ok();
                        let encoding = at.and_then(|at| Encoding::ALL.get(at).copied());
                        choose(model, number, |choices| choices.encoding = encoding);
                    }
                >
                    <option value="" prop:selected=move || choices.with(|choices| choices.encoding.is_none())>
                        {found_encoding}
                    </option>
                    {encoding_options}
                </select>
            </label>
            {fields}
        </div>
        {first_row}
        {judged}
        <ul class="import-why">{why}</ul>
    }
}

/// The column or field that the text, the title, the day or the author is in, to be changed.
#[component]
fn FieldChoice(number: usize, account: Memo<Account>, role: Role) -> impl IntoView {
    let model = use_model();
    let (fields, chosen) = account
        .with(|account| (account.fields.clone(), account.roles.get(&role).cloned().unwrap_or_default()));
    let (title, name) = match role {
        Role::Text => (ReviewText::ImportTextField, "import-field"),
        Role::Title => (ReviewText::ImportTitleField, "import-field-title"),
        Role::Date => (ReviewText::ImportDateField, "import-field-date"),
        Role::Author => (ReviewText::ImportAuthorField, "import-field-author"),
    };
    // An article may be without a title; it is not without a text.
    let nowhere = (role != Role::Text).then(|| {
        let is_chosen = chosen.is_empty();
        view! { <option value="" selected=is_chosen>{model.text(ReviewText::ImportNoField)}</option> }
    });
    let options = fields.into_iter().map(|FieldFound { name, sample }| {
        let is_chosen = chosen == name;
        let shown = if sample.is_empty() { name.clone() } else { format!("{name} · {sample}") };
        view! { <option value=name selected=is_chosen>{shown}</option> }
    });
    let options = options.collect_view();
    view! {
        <label class="field">
            <span class="field-label">{model.text(title)}</span>
            <select
                class="select"
                data-testid=name
                on:change=move |event| {
                    let field = event_target_value(&event);
                    choose(model, number, |choices| drop(choices.read.fields.insert(role, field)));
                }
            >
                {nowhere}
                {options}
            </select>
        </label>
    }
}
