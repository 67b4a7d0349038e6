use std::sync::Arc;

use super::*;
use crate::annotation::{Change, Edit, EditKind, Origin, Rejection, Span, SpanId, Status};
use crate::app::format_text::format_name;
use crate::app::settings::Language;
use crate::app::state::State;
use crate::app::{Command, Proposals, intake, update};
use crate::formats::{Became, ExportError, Format, MisfitKind, Remedy, WriteOptions, archive};
use crate::schema::LabelCode;

/// Two articles: one done, with a span, a suggestion and a rejected one; one that somebody has begun.
fn state() -> State {
    let mut state = State::default();
    let label = LabelCode::new("LOC").unwrap();
    let mut done = intake::article("", "زار بغداد وعدن".to_owned());
    let place = |surface: &str| {
        let start = done.text.as_str().find(surface).unwrap();
        (start..start + surface.len()).into()
    };
    done.spans = [
        Span::new(SpanId::numbered(1), place("بغداد"), label.clone(), Origin::Manual),
        Span::new(SpanId::numbered(2), place("عدن"), label.clone(), Origin::Suggested),
    ]
    .into_iter()
    .collect();
    done.rejected = vec![Rejection { range: place("زار"), label, source: None }];
    done.status = Status::Done;
    let mut begun = intake::article("", "خبر".to_owned());
    begun.status = Status::InProgress;
    update(&mut state, Command::Add(vec![done, begun]), 0);
    state
}

fn request(format: Format, scope: Scope) -> Request {
    Request { scope, format, with_suggestions: false, threshold: 0, options: WriteOptions::default() }
}

/// The file of a request, as page and worker make it together.
fn export(state: &State, request: &Request) -> Result<Written, ExportFault> {
    write(&requested(state, request.scope), state.schema(), &request.order())
}

fn summary(state: &State, request: &Request) -> Summary {
    let order = Order { only_summary: true, ..request.order() };
    let mut weighing = Weighing::new(requested(state, request.scope), state.schema(), &order).unwrap();
    while weighing.step() {}
    weighing.summary(state.schema())
}

#[test]
fn every_format_on_offer_has_a_name_in_both_languages_and_can_be_saved() {
    let offered: Vec<_> = offered().collect();
    assert!(offered.contains(&Format::Misam) && offered.contains(&Format::Brat), "{offered:?}");
    for format in offered {
        for language in [Language::English, Language::Arabic] {
            assert_ne!(format_name(format, language), format.as_str());
        }
        for scope in [Scope::All, Scope::Done, Scope::Current] {
            let request = request(format, scope);
            let export = export(&state(), &request).unwrap();
            assert_eq!(export.summary, summary(&state(), &request), "what was shown is what was done");
        }
    }
}

#[test]
fn a_file_is_named_after_what_is_in_it() {
    let name = |format, scope| request(format, scope).order().name;
    assert_eq!(name(Format::Misam, Scope::All), "misam-gold.jsonl");
    assert_eq!(name(Format::Prodigy, Scope::Done), "misam-done-gold-prodigy.jsonl");
    assert_eq!(name(Format::Brat, Scope::All), "misam-gold-brat.zip");
}

#[test]
fn tasks_for_label_studio_bring_their_labelling_configuration() {
    let request = request(Format::LabelStudio, Scope::All);
    assert_eq!(request.order().name, "misam-gold-label-studio.zip");
    let files = archive::unpack(&export(&state(), &request).unwrap().file).unwrap();
    assert_eq!(files.keys().collect::<Vec<_>>(), ["label-studio.xml", "misam.json"]);
}

#[test]
fn what_a_format_cannot_hold_is_counted_before_it_is_saved() {
    let summary = |format| summary(&state(), &request(format, Scope::All));
    let misam = summary(Format::Misam);
    assert_eq!((misam.documents, misam.included, misam.left_out), (2, 1, 1));
    assert_eq!(misam.losses, []);
    let losses = summary(Format::Prodigy).losses;
    assert_eq!(losses.len(), 2, "{losses:?}");
    assert!(
        losses[0].en.contains("rejected suggestions") && losses[0].ar.contains("الاقتراحات"),
        "{losses:?}"
    );
}

#[test]
fn articles_with_suggestions_nobody_has_looked_at_are_counted_also_if_they_are_done() {
    let mut state = state();
    assert_eq!((waiting(&state, Scope::All), waiting(&state, Scope::Done)), (1, 1));
    let id = in_scope(&state, Scope::Done).next().unwrap().id.clone();
    let mut set = |before, after| {
        let change = Change::Status { before, after };
        state.project.commit(Edit::of(EditKind::Status, &id, [change])).unwrap();
        (waiting(&state, Scope::All), waiting(&state, Scope::Done))
    };
    assert_eq!(set(Status::Done, Status::Skipped), (0, 0), "nobody is going to look at them");
    assert_eq!(set(Status::Skipped, Status::InProgress), (1, 0));
    let spans = &state.project.document(&id).unwrap().spans;
    let before = Arc::clone(spans.get(&SpanId::numbered(2)).unwrap());
    let after = Arc::new(Span { confidence: Some(0.5), ..(*before).clone() });
    let doubtful = Change::Replace { before, after };
    state.project.commit(Edit::of(EditKind::Label, &id, [doubtful])).unwrap();
    state.settings.threshold = 99;
    assert_eq!(waiting(&state, Scope::All), 0, "what is out of sight waits for nobody");
}

#[test]
fn what_does_not_fit_is_shown_where_it_stands_and_is_done_about_as_chosen() {
    let mut state = State::default();
    let mut document = intake::article("", "زار وبغداد أمس".to_owned());
    let start = document.text.as_str().find("بغداد").unwrap();
    let place = (start..start + "بغداد".len()).into();
    let span = Span::new(SpanId::numbered(1), place, LabelCode::new("LOC").unwrap(), Origin::Manual);
    document.spans = [span].into_iter().collect();
    update(&mut state, Command::Add(vec![document]), 0);
    let with = |remedy: Remedy| {
        let mut request = request(Format::Conll, Scope::All);
        request.options.alignment.set(MisfitKind::InsideWord, remedy).unwrap();
        summary(&state, &request)
    };
    let widened = with(Remedy::Widen);
    let misfit = &widened.misfits[0];
    assert_eq!((&*misfit.before, &*misfit.surface, &*misfit.after), ("زار و", "بغداد", " أمس"));
    assert_eq!(misfit.became, Became::Text { text: "وبغداد".to_owned() });
    assert_eq!((widened.misfit_count, widened.after), (1, 1));
    assert_eq!(with(Remedy::Split).misfits[0].became, Became::Same);
    assert_eq!(with(Remedy::Drop).after, 0);
}

#[test]
fn gold_documents_can_be_saved_alone() {
    let mut state = state();
    let mut gold = intake::article("", "زار بغداد وعدن".to_owned());
    gold.annotator = Some(crate::quality::adjudication::GOLD.into());
    update(&mut state, Command::WriteGold(vec![gold]), 1);
    let request = request(Format::Misam, Scope::Gold);
    assert_eq!(request.order().name, "misam-adjudicated-gold.jsonl");
    assert_eq!(summary(&state, &request).documents, 1);
}

#[test]
fn what_needs_several_files_is_one_zip_file_that_reads_back() {
    let written = export(&state(), &request(Format::Brat, Scope::All)).unwrap();
    let (documents, account) =
        intake::read_file("brat.zip", &written.file, &Arc::default(), intake::Choices::default());
    assert_eq!((documents.len(), account.refused), (2, 0));
    assert_eq!(documents.iter().map(|document| document.spans.len()).sum::<usize>(), 1);
    assert!(matches!(
        export(&state(), &request(Format::DocBin, Scope::All)),
        Err(ExportFault::Write(ExportError::Unavailable(_))) | Ok(_)
    ));
}

#[test]
fn suggestions_out_of_sight_stay_out_and_are_counted() {
    let mut state = state();
    let id = state.current.clone().unwrap();
    let document = state.project.document(&id).unwrap();
    let place = document.spans.iter().find(|span| span.origin == Origin::Suggested).unwrap().range;
    let suggestion = |confidence| crate::extract::Suggestion {
        range: place,
        label: LabelCode::new("LOC").unwrap(),
        confidence,
        alternative: None,
        reason: "a rule".to_owned(),
        normalized: None,
    };
    for (confidence, in_file) in [(0.5, 2), (0.49, 1)] {
        let suggestions = vec![suggestion(confidence)];
        let proposals = Proposals::whole("test/1", suggestions);
        update(&mut state, Command::Suggested(id.clone(), proposals), 0);
        let request = Request { with_suggestions: true, threshold: 50, ..request(Format::Misam, Scope::All) };
        let summary = export(&state, &request).unwrap().summary;
        assert_eq!((summary.included, summary.left_out), (in_file, 2 - in_file), "{confidence}");
    }
}

#[test]
fn rejections_may_be_made_in_any_order() {
    let mut document = intake::article("", "زار بغداد".to_owned());
    let reject = |range: std::ops::Range<usize>| Rejection {
        range: range.into(),
        label: LabelCode::new("LOC").unwrap(),
        source: None,
    };
    document.rejected = vec![reject(7..17), reject(0..6)];
    let mut state = State::default();
    update(&mut state, Command::Add(vec![document]), 0);
    export(&state, &request(Format::Misam, Scope::All)).unwrap();
}
