//! The default colours can be read and told apart, also by people who see fewer colours.

use super::validate::{CODE, LINE_ON_PAPER, TEXT_ON_MARK};
use super::{Colour, LabelDef, Schema, Theme};

type Matrix = [[f64; 3]; 3];

/// Simulation of complete colour vision deficiencies in linear RGB: G. M. Machado, M. M. Oliveira, L. A. F. Fernandes,
/// "A Physiologically-based Model for Simulation of Color Vision Deficiency", IEEE TVCG 15(6), 2009, severity 1.0.
const VISION: [(&str, Matrix); 4] = [
    ("normal vision", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "protanopia",
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
    ),
    (
        "deuteranopia",
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
    ),
    (
        "tritanopia",
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ),
];

/// Linear RGB to OKLab: B. Ottosson, "A perceptual color space for image processing", 2020.
const RGB_TO_LMS: Matrix = [
    [0.412_221_470_8, 0.536_332_536_3, 0.051_445_992_9],
    [0.211_903_498_2, 0.680_699_545_1, 0.107_396_956_6],
    [0.088_302_461_9, 0.281_718_837_6, 0.629_978_700_5],
];
const LMS_TO_LAB: Matrix = [
    [0.210_454_255_3, 0.793_617_785_0, -0.004_072_046_8],
    [1.977_998_495_1, -2.428_592_205_0, 0.450_593_709_9],
    [0.025_904_037_1, 0.782_771_766_2, -0.808_675_766_0],
];

fn apply(matrix: &Matrix, v: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row[0] * v[0] + row[1] * v[1] + row[2] * v[2])
}

/// Distance in OKLab, about 0.02 where a difference is just seen side by side.
fn distance(a: Colour, b: Colour, vision: &Matrix) -> f64 {
    let lab = |colour: Colour| {
        let seen = apply(vision, colour.linear()).map(|c| c.clamp(0.0, 1.0));
        apply(&LMS_TO_LAB, apply(&RGB_TO_LMS, seen).map(f64::cbrt))
    };
    let (a, b) = (lab(a), lab(b));
    a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
}

fn each_pair(mut check: impl FnMut(&LabelDef, &LabelDef)) {
    let labels = Schema::conflict_news().labels;
    for (n, a) in labels.iter().enumerate() {
        labels[n + 1..].iter().for_each(|b| check(a, b));
    }
}

#[test]
fn text_lines_and_codes_have_the_contrast_they_need() {
    for theme in Theme::ALL {
        for label in Schema::conflict_news().labels {
            let tint = label.colours.on(theme);
            for (what, ratio, least) in [
                ("text on the mark", theme.ink().contrast(tint.mark), TEXT_ON_MARK),
                ("line on paper", tint.line.contrast(theme.paper()), LINE_ON_PAPER),
                ("code on its mark", tint.ink.contrast(tint.mark), CODE),
                ("code on paper", tint.ink.contrast(theme.paper()), CODE),
            ] {
                assert!(ratio >= least, "{:?} {theme:?}: {what} {ratio:.2}", label.code);
            }
        }
    }
}

#[test]
fn every_two_lines_stay_apart_for_every_kind_of_colour_vision() {
    for theme in Theme::ALL {
        each_pair(|a, b| {
            for (vision, matrix) in &VISION {
                let found = distance(a.colours.on(theme).line, b.colours.on(theme).line, matrix);
                assert!(found >= 0.07, "{:?}/{:?} {theme:?} {vision}: {found:.3}", a.code, b.code);
            }
        });
    }
}

#[test]
fn marks_are_seen_on_their_paper() {
    for theme in Theme::ALL {
        for label in Schema::conflict_news().labels {
            for (vision, matrix) in &VISION {
                let found = distance(label.colours.on(theme).mark, theme.paper(), matrix);
                assert!(found >= 0.04, "{:?} {theme:?} {vision}: {found:.3}", label.code);
            }
        }
    }
}

#[test]
fn the_papers_are_those_of_the_page() {
    let tokens = include_str!("../../style/tokens.css");
    for (token, of) in [("paper", Theme::paper as fn(Theme) -> Colour), ("ink", Theme::ink)] {
        let declaration = format!("--{token}: light-dark({}, {});", of(Theme::Light), of(Theme::Dark));
        assert!(tokens.contains(&declaration), "style/tokens.css should say {declaration}");
    }
}

/// A colour of the page in both themes, as `style/tokens.css` has it.
fn token(name: &str) -> [Colour; 2] {
    let tokens = include_str!("../../style/tokens.css");
    let start = format!("--{name}: light-dark(");
    let (_, rest) = tokens.split_once(&start).unwrap_or_else(|| panic!("there is no {start}"));
    let (colours, _) = rest.split_once(");").expect("the declaration ends");
    let (light, dark) = colours.split_once(", ").expect("there are two colours");
    [light, dark].map(|hex| hex.parse().expect("a colour"))
}

#[test]
fn charts_can_be_read_in_both_themes() {
    let chart = include_str!("../../style/chart.css");
    let under = token("paper");
    let (_, card) =
        include_str!("../../style/statistics.css").split_once(".statistics-card {").expect("cards");
    let (card, _) = card.split_once('}').expect("the rule ends");
    assert!(card.contains("background: var(--paper);"), "charts stand on paper");
    let check = |what: &str, of: [Colour; 2], least: f64| {
        for (theme, (colour, under)) in Theme::ALL.into_iter().zip(of.into_iter().zip(under)) {
            let ratio = colour.contrast(under);
            assert!(ratio >= least, "{what} {theme:?}: {ratio:.2}");
        }
    };
    for (name, least) in [("ink-2", CODE), ("ink-3", CODE)] {
        assert!(chart.contains(&format!("fill: var(--{name})")), "texts of charts are in {name}");
        check(name, token(name), least);
    }
    for name in ["ink-3", "good", "caution", "bad"] {
        assert!(chart.contains(&format!("--fill: var(--{name})")), "bars of charts are in {name}");
        check(name, token(name), LINE_ON_PAPER);
    }
    // The lines of labels on paper are looked at above.
}
