//! The page's selection and positions in the text lead to each other, through marks, emoji and line ends.

use misam::text::{ByteOffset, SourceText};
use misam::web::caret::Line;
use misam::web::selection::Article;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Node;

use crate::stage::{article, document};

const TEXT: &str = "😀 زار غوتيريش والقاهــرة\r\n\nوقال 👨‍👩‍👧 في لُبنان إن NATO هنا.\r\nآخر";
const MARKS: &[&str] = &["غوتيريش", "القاهــرة", "👨‍👩‍👧", "لُبنان", "NATO"];

fn offsets(text: &SourceText) -> Vec<ByteOffset> {
    text.as_str()
        .char_indices()
        .map(|(at, _)| at)
        .chain([text.as_str().len()])
        .map(ByteOffset::from)
        .collect()
}

#[wasm_bindgen_test]
fn the_page_holds_the_text_exactly() {
    let text = SourceText::from(TEXT);
    assert_eq!(article(&text, MARKS).0.text_content().as_deref(), Some(TEXT));
}

#[wasm_bindgen_test]
fn every_position_is_selected_and_read_back_in_both_directions() {
    let text = SourceText::from(TEXT);
    let fixture = article(&text, MARKS);
    let article = Article { element: &fixture.0, text: &text };
    for &anchor in &offsets(&text) {
        for &focus in &offsets(&text) {
            assert!(article.select(anchor, focus));
            assert_eq!(article.selection(), Some((anchor, focus)));
        }
    }
}

#[wasm_bindgen_test]
fn painting_a_paragraph_again_leaves_the_selection_where_it_was() {
    let text = SourceText::from(TEXT);
    let fixture = article(&text, MARKS);
    let shown = Article { element: &fixture.0, text: &text };
    let second = shown.paragraph(2).unwrap();
    let offsets = offsets(&text);
    for &anchor in &offsets {
        let focus = offsets[offsets.len() / 2];
        shown.select(anchor, focus);
        shown.with_selection_kept(&second, || second.set_text_content(second.text_content().as_deref()));
        assert_eq!(shown.selection(), Some((anchor, focus)));
    }
}

#[wasm_bindgen_test]
fn what_the_browser_says_is_selected_is_the_piece_of_text() {
    let text = SourceText::from(TEXT);
    let fixture = article(&text, MARKS);
    let article = Article { element: &fixture.0, text: &text };
    for mark in MARKS {
        let start = TEXT.find(mark).unwrap();
        let range = article.dom_range((start..start + mark.len()).into()).unwrap();
        assert_eq!(String::from(range.to_string()), *mark);
    }
}

#[wasm_bindgen_test]
fn a_selection_that_reaches_out_of_the_article_is_cut_to_it() {
    let text = SourceText::from(TEXT);
    let fixture = article(&text, MARKS);
    let article = Article { element: &fixture.0, text: &text };
    let selection = web_sys::window().unwrap().get_selection().unwrap().unwrap();
    selection.select_all_children(&document().body().unwrap()).unwrap();
    assert_eq!(article.selection(), Some((ByteOffset::ZERO, text.range().end)));

    let node: &Node = fixture.0.unchecked_ref();
    selection.set_base_and_extent(node, 3, node, 1).unwrap();
    let [third, first] = [3, 1].map(|index: usize| text.paragraphs()[index].full.start);
    assert_eq!(article.selection(), Some((third, first)), "places between paragraphs");

    let outside = document().create_element("p").unwrap();
    outside.set_text_content(Some("خارج"));
    document().body().unwrap().append_child(&outside).unwrap();
    selection.select_all_children(&outside).unwrap();
    assert_eq!(article.selection(), None);
    outside.remove();
}

#[wasm_bindgen_test]
fn positions_in_paragraphs_that_are_not_in_the_page_have_no_place() {
    let text = SourceText::from(TEXT);
    let fixture = article(&text, MARKS);
    let article = Article { element: &fixture.0, text: &text };
    let gone = text.paragraphs()[2];
    article.paragraph(2).unwrap().remove();
    assert!(!article.select(gone.content.start, gone.content.end));
    assert_eq!(article.caret(gone.content.start), None);
    assert!(article.select(gone.full.end, text.range().end), "the next paragraph keeps its positions");
    assert_eq!(article.selection(), Some((gone.full.end, text.range().end)));
}

#[wasm_bindgen_test]
fn an_empty_text_has_one_position() {
    let text = SourceText::from("");
    let fixture = article(&text, &[]);
    let article = Article { element: &fixture.0, text: &text };
    assert!(article.select(ByteOffset::ZERO, ByteOffset::ZERO));
    assert_eq!(article.selection(), Some((ByteOffset::ZERO, ByteOffset::ZERO)));
}

#[wasm_bindgen_test]
fn the_point_in_the_middle_of_a_letter_leads_to_one_of_its_sides() {
    let text = SourceText::from(TEXT);
    let fixture = article(&text, MARKS);
    let article = Article { element: &fixture.0, text: &text };
    for (at, c) in TEXT.char_indices().filter(|(_, c)| matches!(c, 'ز' | 'ر' | 'ق' | 'T')) {
        let letter = (at..at + c.len_utf8()).into();
        let rect = article.dom_range(letter).unwrap().get_bounding_client_rect();
        let found = article.offset_at(rect.left() + rect.width() / 2.0, rect.top() + rect.height() / 2.0);
        assert!(found == Some(letter.start) || found == Some(letter.end), "{c} {letter:?} {found:?}");
    }
    assert_eq!(article.offset_at(-5.0, -5.0), None);
}

#[wasm_bindgen_test]
fn in_right_to_left_text_the_caret_moves_left() {
    let text = SourceText::from("زار بغداد");
    let fixture = article(&text, &["بغداد"]);
    let article = Article { element: &fixture.0, text: &text };
    let places: Vec<_> = offsets(&text).into_iter().map(|at| article.caret(at).unwrap().x).collect();
    assert!(places.windows(2).all(|pair| pair[0] > pair[1]), "{places:?}");
}

#[wasm_bindgen_test]
fn going_down_line_by_line_and_up_again_comes_back_to_the_start() {
    let long = "قال المتحدث إن الوفد وصل إلى المدينة صباح اليوم بعد رحلة طويلة NATO 2024 ثم عاد. ";
    let text = SourceText::new(format!("{}\r\n\nقصير\n{}", long.repeat(4), long.repeat(2)));
    let fixture = article(&text, &["الوفد", "NATO"]);
    let article = Article { element: &fixture.0, text: &text };
    let start = ByteOffset::from(long.find("المتحدث").unwrap());
    let mut path = vec![start];
    let mut goal = None;
    while let Some((next, goal_x)) = article.line_motion(path[path.len() - 1], Line::Below, goal) {
        let (before, after) = (article.caret(path[path.len() - 1]).unwrap(), article.caret(next).unwrap());
        let step = (after.top + after.bottom - before.top - before.bottom) / 2.0;
        assert!((24.0..45.0).contains(&step), "one line of 32 pixels further: {step}");
        goal = Some(goal_x);
        path.push(next);
        assert!(path.len() < 100);
    }
    let lines = fixture.0.get_bounding_client_rect().height() / 32.0;
    assert_eq!(path.len() as f64, lines.round(), "every line is visited");
    for expected in path.iter().rev().skip(1) {
        let from = path[path.iter().position(|at| at == expected).unwrap() + 1];
        assert_eq!(article.line_motion(from, Line::Above, goal).unwrap().0, *expected);
    }
}
