//! All keys, the labels with their definitions, and the settings.

use leptos::prelude::*;

use super::keys::Keys;
use crate::app::{Command, Language, ReviewText, Settings, Text, Toggle, Unkeyed, policy_text};
use crate::schema::{GuideRule, GuideRun, KeyCode, LabelCode};
use crate::text::ProcliticPolicy;
use crate::ui::model::{HelpPart, use_model};
use crate::ui::model_note::ModelNote;
use crate::ui::widgets::{Icon, Modal, SegmentRole, segment, steer};

/// A part of the dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tab {
    Keys,
    Labels,
    Settings,
}

#[component]
pub(super) fn HelpDialog(
    /// What it opens at.
    part: HelpPart,
    /// Called when it has been closed.
    on_close: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let model = use_model();
    let (first, label) = match part {
        HelpPart::Keys if has_no_keys() => (Tab::Labels, None),
        HelpPart::Keys => (Tab::Keys, None),
        HelpPart::Labels(label) => (Tab::Labels, label),
        HelpPart::Settings => (Tab::Settings, None),
    };
    let tab = RwSignal::new(first);
    let label = StoredValue::new(label);
    let head = move |which: Tab, text: ReviewText, testid: &'static str| {
        segment(
            SegmentRole::Tab,
            testid,
            model.text(text),
            move || tab.get() == which,
            move || tab.set(which),
        )
    };
    view! {
        <Modal
            title=Signal::derive(move || model.text(Text::Help)().to_owned())
            close_name=Signal::derive(model.text(ReviewText::Close))
            on_close
            wide=true
        >
            <div class="dialog-body scroll" data-testid="help-dialog">
                <div class="segments" role="tablist" on:keydown=|event| steer(&event)>
                    {head(Tab::Keys, ReviewText::HelpTitle, "help-keys")} {head(Tab::Labels, ReviewText::Labels, "help-labels")}
                    {head(Tab::Settings, ReviewText::Settings, "help-settings")}
                </div>
                {move || match tab.get() {
                    Tab::Keys => view! { <Keys /> }.into_any(),
                    Tab::Labels => view! { <Labels shown=label.get_value() /> }.into_any(),
                    Tab::Settings => view! { <SettingsForm /> }.into_any(),
                }}
            </div>
        </Modal>
    }
}

/// True of a screen that is only touched: the list of keys is not what is looked for there.
fn has_no_keys() -> bool {
    let only_touched = window().match_media("(hover: none) and (pointer: coarse)");
    only_touched.ok().flatten().is_some_and(|query| query.matches())
}

#[component]
fn Labels(
    /// The label to bring into view.
    shown: Option<LabelCode>,
) -> impl IntoView {
    let model = use_model();
    if let Some(shown) = &shown {
        let id = format!("guide-{shown}");
        request_animation_frame(move || {
            if let Some(entry) = document().get_element_by_id(&id) {
                entry.scroll_into_view();
            }
        });
    }
    let (labels, guide, own) = model.peek(|state| {
        let schema = state.schema();
        let own = schema.own_guide(&state.about.guidelines).into_iter();
        let own: Vec<_> = own.map(|rule| (rule.label.cloned(), rule.text.to_owned())).collect();
        (schema.labels.clone(), schema.guide(), own)
    });
    let own_of = move |wanted: Option<&LabelCode>| {
        let texts = own.iter().filter(|(label, _)| label.as_ref() == wanted);
        texts.map(|(_, text)| own_rule(text.clone())).collect_view()
    };
    let has_own = !model.peek(|state| state.about.guidelines.trim().is_empty());
    let of_project = has_own.then(|| {
        view! {
            <h3 class="help-section-title">{model.text(ReviewText::ProjectGuidelines)}</h3>
            {own_of(None)}
        }
    });
    let (general, special): (Vec<_>, Vec<_>) = guide.into_iter().partition(|rule| rule.labels.is_empty());
    let of_all = (!general.is_empty()).then(|| {
        view! {
            <h3 class="help-section-title">{model.text(ReviewText::GuideGeneral)}</h3>
            <Rules rules=general />
        }
    });
    view! {
        {of_project}
        {of_all}
        <dl class="help-labels">
            {labels
                .into_iter()
                .map(|label| {
                    let (name, definition) = (label.name.clone(), label.definition.clone());
                    let rules: Vec<_> = special.iter().filter(|rule| rule.labels.contains(&label.code)).cloned().collect();
                    let own = own_of(Some(&label.code));
                    let keys: Vec<_> = [label.key, label.digit].into_iter().flatten().flat_map(legends).collect();
                    view! {
                        <div
                            class="help-label"
                            id=format!("guide-{}", label.code)
                            aria-current=(shown.as_ref() == Some(&label.code)).then_some("true")
                        >
                            <dt>
                                <span class="label-chip" data-label=label.code.to_string() lang="en">
                                    {label.code.to_string()}
                                </span>
                                <b>{move || model.language.get().pick(&name.en, &name.ar).to_owned()}</b>
                                <span class="help-keys">
                                    {keys.into_iter().map(|key| view! { <kbd>{key}</kbd> }).collect_view()}
                                </span>
                            </dt>
                            <dd>
                                {move || model.language.get().pick(&definition.en, &definition.ar).to_owned()}
                            </dd>
                            <dd class="help-examples" lang="ar" dir="rtl">
                                {label.examples.join(" · ")}
                            </dd>
                            <dd>{own}</dd>
                            <dd>
                                <Rules rules />
                            </dd>
                        </div>
                    }
                })
                .collect_view()}
        </dl>
    }
}

/// What somebody wrote in the project's own guideline, as it was written.
fn own_rule(text: String) -> impl IntoView {
    view! {
        <p class="help-own" dir="auto" data-testid="help-own">
            {text}
        </p>
    }
}

/// Rules of the guideline, with the spans in their examples marked, each in the colour of its own label.
#[component]
fn Rules(rules: Vec<GuideRule>) -> impl IntoView {
    let model = use_model();
    let shown = |rule: &GuideRule, text: &str| {
        rule.runs(text)
            .map(|GuideRun { text, label }| {
                let text = text.to_owned();
                match label {
                    Some(label) => view! {
                        <span class="help-span" data-label=label.to_string()>
                            {text}
                        </span>
                    }
                    .into_any(),
                    None => text.into_any(),
                }
            })
            .collect_view()
    };
    let rules = rules
        .into_iter()
        .map(|rule| {
            view! {
                <li>
                    {move || match model.language.get() {
                        Language::Arabic => shown(&rule, &rule.text.ar),
                        // Examples that a comma parts stand in the order of the English sentence.
                        Language::English => shown(&rule, &rule.text.en.replace(", ", "\u{200e}, ")),
                    }}
                </li>
            }
        })
        .collect_view();
    view! { <ul class="help-rules">{rules}</ul> }
}

/// What is written on a key, in Latin and, where it differs, in Arabic letters.
fn legends(key: KeyCode) -> impl Iterator<Item = &'static str> {
    let (latin, arabic) = (key.latin_legend(), key.arabic_legend());
    std::iter::once(latin).chain((latin != arabic).then_some(arabic))
}

#[component]
fn SettingsForm() -> impl IntoView {
    let model = use_model();
    let settings = model.memo(|state| state.settings.clone());
    let about = model.memo(|state| state.model.about().cloned());
    let licence = move || {
        let about = about.get().filter(|about| !about.licence.is_empty())?;
        Some(model.language.get().fill(ReviewText::ModelLicence, &[("licence", &about.licence)]))
    };
    let check = move |toggle: Toggle, testid: &'static str| {
        view! {
            <label class="check">
                <input
                    type="checkbox"
                    data-testid=testid
                    prop:checked=move || settings.with(|settings| toggle.is_on(settings))
                    on:change=move |event| {
                        let mut changed = settings.get_untracked();
                        toggle.set(&mut changed, event_target_checked(&event));
                        model.run(Command::Set(changed));
                    }
                />
                <span>{model.text(toggle.name())}</span>
            </label>
        }
    };
    let percent =
        move |name: ReviewText, testid, offered: &'static [u8], of: fn(&mut Settings) -> &mut u8| {
            let choice = move |&value: &u8| {
                view! {
                    <option value=value.to_string() selected=move || *of(&mut settings.get()) == value>
                        {format!("{value}%")}
                    </option>
                }
            };
            view! {
                <label class="field field-row">
                    <span>{model.text(name)}</span>
                    <select
                        class="select"
                        data-testid=testid
                        on:change=move |event| {
                            let mut changed = settings.get_untracked();
                            if let Ok(chosen) = event_target_value(&event).parse() {
                                *of(&mut changed) = chosen;
                                model.run(Command::Set(changed));
                            }
                        }
                    >
                        {offered.iter().map(choice).collect_view()}
                    </select>
                </label>
            }
        };
    let has_articles = model.memo(|state| state.current.is_some());
    let everywhere = model.memo(move |state| Unkeyed::AcceptSureEverywhere.name(state, model.language.get()));
    // What came of it is said where it can be read.
    let accept_everywhere = move |_| {
        model.dialog.set(None);
        model.run(Command::AcceptSureEverywhere);
    };
    view! {
        <div class="field">
            {check(Toggle::AcceptOnMove, "setting-accept-on-move")}
            {check(Toggle::Advance, "setting-advance")}
            {check(Toggle::Trim, "setting-trim")}
        </div>
        <label class="field">
            <span>{model.text(ReviewText::SettingProclitics)}</span>
            <select
                class="select"
                data-testid="setting-proclitics"
                on:change=move |event| {
                    let chosen: Option<usize> = event_target_value(&event).parse().ok();
                    let mut changed = settings.get_untracked();
                    let policy = chosen.and_then(|at| ProcliticPolicy::ALL.get(at).copied());
                    changed.proclitics = policy.unwrap_or(changed.proclitics);
                    model.run(Command::Set(changed));
                }
            >
                {ProcliticPolicy::ALL
                    .into_iter()
                    .enumerate()
                    .map(|(at, policy)| {
                        view! {
                            <option
                                value=at.to_string()
                                selected=move || settings.with(|settings| settings.proclitics == policy)
                            >
                                {model.text(policy_text(policy))}
                            </option>
                        }
                    })
                    .collect_view()}
            </select>
            <span class="field-note">{model.text(ReviewText::SettingProcliticsNote)}</span>
        </label>
        {percent(ReviewText::SettingTextSize, "setting-text-size", &Settings::TEXT_SIZES, |settings| &mut settings.text_size)}
        {percent(ReviewText::SettingSure, "setting-sure", &[70, 80, 85, 90, 95, 98], |settings| &mut settings.sure)}
        <Show when=move || has_articles.get()>
            <button type="button" class="button" data-testid="accept-sure-everywhere" on:click=accept_everywhere>
                <Icon name="accept-all" />
                {everywhere}
            </button>
        </Show>
        <section class="help-section">
            <h3 class="help-section-title">{model.text(ReviewText::ModelTitle)}</h3>
            <ModelNote />
            <p class="field-note" dir="auto">{licence}</p>
        </section>
    }
}
