//! What is done by a button and has no key of its own. The palette finds it all the same.

use super::command::Command;
use super::model_status::ModelStatus;
use super::settings::{Language, Settings, Theme};
use super::state::State;
use super::strings::{ReviewText, Text};
use crate::annotation::Status;
use crate::text::ProcliticPolicy;

/// What is done by a button and has no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unkeyed {
    /// The page in this language.
    Language(Language),
    /// Light or dark.
    Theme(Theme),
    /// Larger letters in articles (`true`), or smaller ones.
    TextSize(bool),
    /// The dialog of the settings.
    Settings,
    /// A setting is turned on, or off again.
    Toggle(Toggle),
    /// What becomes of the proclitics of words.
    Proclitics(ProcliticPolicy),
    /// Only surer suggestions are shown than now (`true`), or less sure ones too.
    Threshold(bool),
    /// The suggestions that the extractor is surest of are accepted in all open articles.
    AcceptSureEverywhere,
    /// What is known about the article.
    About,
    /// The article is in progress again.
    Reopen,
    /// The article goes out of the project.
    Discard,
    /// The extractor reads the article again.
    Suggest,
    /// The extractor stops reading the article.
    StopReading,
    /// The model is asked for again.
    LoadModel,
    /// An article to try everything with.
    Example,
    /// The project as a file.
    SaveProject,
    /// All keys as they were.
    ResetKeys,
    /// Work goes on in this tab, and no longer in another.
    TakeWork,
}

/// A setting that is on or off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Toggle {
    /// [`Settings::accept_on_move`].
    AcceptOnMove,
    /// [`Settings::advance`].
    Advance,
    /// [`Settings::trim`].
    Trim,
}

impl Toggle {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::AcceptOnMove, Self::Advance, Self::Trim];

    /// What the setting says.
    #[must_use]
    pub fn name(self) -> ReviewText {
        match self {
            Self::AcceptOnMove => ReviewText::SettingAcceptOnMove,
            Self::Advance => ReviewText::SettingAdvance,
            Self::Trim => ReviewText::SettingTrim,
        }
    }

    /// True if it is on.
    #[must_use]
    pub fn is_on(self, settings: &Settings) -> bool {
        match self {
            Self::AcceptOnMove => settings.accept_on_move,
            Self::Advance => settings.advance,
            Self::Trim => settings.trim,
        }
    }

    /// Turns it on or off.
    pub fn set(self, settings: &mut Settings, on: bool) {
        match self {
            Self::AcceptOnMove => settings.accept_on_move = on,
            Self::Advance => settings.advance = on,
            Self::Trim => settings.trim = on,
        }
    }
}

/// What a policy on proclitics is called.
#[must_use]
pub fn policy_text(policy: ProcliticPolicy) -> ReviewText {
    match policy {
        ProcliticPolicy::Outside => ReviewText::ProcliticsOutside,
        ProcliticPolicy::Peeled => ReviewText::ProcliticsPeeled,
        ProcliticPolicy::Inside => ReviewText::ProcliticsInside,
    }
}

impl Unkeyed {
    /// Everything of the kind that can be done now.
    #[must_use]
    pub fn all(state: &State) -> Vec<Self> {
        let settings = &state.settings;
        let mut all = vec![Self::Settings];
        all.extend([Language::English, Language::Arabic].map(Self::Language));
        let themes = [Theme::System, Theme::Light, Theme::Dark];
        all.extend(themes.into_iter().filter(|theme| *theme != settings.theme).map(Self::Theme));
        let sizes = [true, false].into_iter().filter(|larger| settings.next_text_size(*larger).is_some());
        all.extend(sizes.map(Self::TextSize));
        all.extend(Toggle::ALL.map(Self::Toggle));
        let policies = ProcliticPolicy::ALL.into_iter().filter(|policy| *policy != settings.proclitics);
        all.extend(policies.map(Self::Proclitics));
        if let Some(document) = state.document() {
            all.extend([Self::AcceptSureEverywhere, Self::About, Self::Suggest, Self::Discard]);
            if state.reading.contains_key(&document.id) {
                all.push(Self::StopReading);
            }
            if matches!(document.status, Status::Done | Status::Skipped) {
                all.push(Self::Reopen);
            }
            if settings.threshold < Settings::HIGHEST_THRESHOLD {
                all.push(Self::Threshold(true));
            }
            if settings.threshold > 0 {
                all.push(Self::Threshold(false));
            }
            all.push(Self::SaveProject);
        }
        if state.project.listed().next().is_none() {
            all.push(Self::Example);
        }
        if matches!(state.model, ModelStatus::Failed(_)) {
            all.push(Self::LoadModel);
        }
        if !settings.keys.is_empty() {
            all.push(Self::ResetKeys);
        }
        if !state.writable {
            all.push(Self::TakeWork);
        }
        all
    }

    /// What it is called in a language.
    #[must_use]
    pub fn name(self, state: &State, language: Language) -> String {
        let name = match self {
            Self::Language(Language::English) => language.text(ReviewText::PaletteEnglish),
            Self::Language(Language::Arabic) => language.text(ReviewText::PaletteArabic),
            Self::Toggle(toggle) => {
                let turn = if toggle.is_on(&state.settings) {
                    ReviewText::PaletteOff
                } else {
                    ReviewText::PaletteOn
                };
                return language.fill(turn, &[("setting", language.text(toggle.name()))]);
            }
            Self::Proclitics(policy) => {
                let (setting, to) =
                    (language.text(ReviewText::SettingProclitics), language.text(policy_text(policy)));
                return format!("{setting}: {to}");
            }
            Self::AcceptSureEverywhere => {
                let sure = format!("{}%", state.settings.sure);
                return language.fill(ReviewText::AcceptSureEverywhere, &[("percent", &sure)]);
            }
            Self::Theme(Theme::System) => language.text(Text::ThemeSystem),
            Self::Theme(Theme::Light) => language.text(Text::ThemeLight),
            Self::Theme(Theme::Dark) => language.text(Text::ThemeDark),
            Self::TextSize(true) => language.text(ReviewText::PaletteLarger),
            Self::TextSize(false) => language.text(ReviewText::PaletteSmaller),
            Self::Settings => language.text(ReviewText::Settings),
            Self::Threshold(true) => language.text(ReviewText::PaletteSurer),
            Self::Threshold(false) => language.text(ReviewText::PaletteLessSure),
            Self::About => language.text(ReviewText::AboutArticle),
            Self::Reopen => language.text(ReviewText::PaletteReopen),
            Self::Discard => language.text(ReviewText::DiscardArticle),
            Self::Suggest => language.text(ReviewText::SuggestAgain),
            Self::StopReading => language.text(ReviewText::PaletteStopReading),
            Self::LoadModel => language.text(ReviewText::PaletteLoadModel),
            Self::Example => language.text(Text::TryExample),
            Self::SaveProject => language.text(Text::ProjectSaveFile),
            Self::ResetKeys => language.text(ReviewText::KeysReset),
            Self::TakeWork => language.text(Text::WorkHere),
        };
        name.to_owned()
    }

    /// The command that carries it out; `None` for what only the page can do.
    #[must_use]
    pub fn command(self, state: &State) -> Option<Command> {
        let current = || state.current.clone();
        let mut settings = state.settings.clone();
        match self {
            Self::Suggest => return current().map(Command::Suggest),
            Self::Discard => return current().map(Command::Discard),
            Self::Reopen => return Some(Command::SetStatus(Status::InProgress)),
            Self::AcceptSureEverywhere => return Some(Command::AcceptSureEverywhere),
            Self::LoadModel => return Some(Command::LoadModel),
            Self::Settings
            | Self::About
            | Self::StopReading
            | Self::Example
            | Self::SaveProject
            | Self::TakeWork => return None,
            Self::Language(language) => settings.language = Some(language),
            Self::Theme(theme) => settings.theme = theme,
            Self::TextSize(larger) => settings.text_size = settings.next_text_size(larger)?,
            Self::Proclitics(policy) => settings.proclitics = policy,
            Self::Toggle(toggle) => toggle.set(&mut settings, !toggle.is_on(&state.settings)),
            Self::Threshold(surer) => {
                let (now, step) = (settings.threshold, Settings::THRESHOLD_STEP);
                settings.threshold = match surer {
                    true => now.saturating_add(step).min(Settings::HIGHEST_THRESHOLD),
                    false => now.saturating_sub(step),
                };
            }
            Self::ResetKeys => settings.keys.clear(),
        }
        Some(Command::Set(settings))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{intake, update};

    fn state() -> State {
        let mut state = State::default();
        let id = state.project.insert(intake::article("خبر", "نص".to_owned()));
        state.current = Some(id);
        state
    }

    fn carry_out(state: &mut State, unkeyed: Unkeyed) {
        let command = unkeyed.command(state).unwrap();
        update(state, command, 1);
    }

    #[test]
    fn only_what_can_be_done_now_is_offered() {
        let mut state = state();
        assert!(!Unkeyed::all(&state).contains(&Unkeyed::Reopen));
        assert!(!Unkeyed::all(&state).contains(&Unkeyed::Threshold(false)));
        update(&mut state, Command::SetStatus(Status::Skipped), 1);
        assert!(Unkeyed::all(&state).contains(&Unkeyed::Reopen));
        carry_out(&mut state, Unkeyed::Reopen);
        assert_eq!(state.document().unwrap().status, Status::InProgress);
        assert!(!Unkeyed::all(&State::default()).contains(&Unkeyed::Discard), "there is no article");
    }

    #[test]
    fn settings_are_changed_one_at_a_time_and_say_which_way() {
        let mut state = state();
        let english = Language::English;
        for toggle in Toggle::ALL {
            let was = toggle.is_on(&state.settings);
            let name = Unkeyed::Toggle(toggle).name(&state, english);
            assert!(name.starts_with(if was { "Turn off" } else { "Turn on" }), "{name}");
            carry_out(&mut state, Unkeyed::Toggle(toggle));
            let now = Toggle::ALL.map(|other| other.is_on(&state.settings));
            let before = Toggle::ALL.map(|other| other.is_on(&Settings::default()));
            let changed = now.iter().zip(before).filter(|(now, before)| *now != before).count();
            assert_eq!((toggle.is_on(&state.settings), changed), (!was, 1));
            carry_out(&mut state, Unkeyed::Toggle(toggle));
        }
        carry_out(&mut state, Unkeyed::Theme(Theme::Dark));
        carry_out(&mut state, Unkeyed::Language(Language::Arabic));
        carry_out(&mut state, Unkeyed::Threshold(true));
        assert!(Unkeyed::all(&state).contains(&Unkeyed::Proclitics(ProcliticPolicy::Inside)));
        carry_out(&mut state, Unkeyed::Proclitics(ProcliticPolicy::Inside));
        assert!(!Unkeyed::all(&state).contains(&Unkeyed::Proclitics(ProcliticPolicy::Inside)));
        assert_eq!(state.settings.proclitics, ProcliticPolicy::Inside);
        let Settings { theme, language, threshold, .. } = &state.settings;
        assert_eq!((*theme, *language, *threshold), (Theme::Dark, Some(Language::Arabic), 5));
        carry_out(&mut state, Unkeyed::Threshold(false));
        assert_eq!(state.settings.threshold, 0);
    }

    #[test]
    fn letters_grow_and_shrink_as_far_as_there_are_sizes() {
        let mut state = state();
        for larger in [true, false] {
            while Unkeyed::all(&state).contains(&Unkeyed::TextSize(larger)) {
                let before = state.settings.text_size;
                carry_out(&mut state, Unkeyed::TextSize(larger));
                assert_eq!(state.settings.text_size > before, larger);
            }
            let [least, .., most] = Settings::TEXT_SIZES;
            assert_eq!(state.settings.text_size, if larger { most } else { least });
        }
        state.settings.text_size = 1;
        assert!(state.settings.text_scale() > 0.5, "what a file says may be anything");
    }
}
