//! WikiFANE and NewsFANE: fifty fine classes (Alotaibi and Lee 2014).

use std::io;
use std::path::Path;

use super::{Example, build, last_cell, sentences};

/// WikiFANE and NewsFANE: proclitics and pronouns are words of their own there and are joined again.
///
/// # Errors
/// If the file cannot be read.
pub fn fane(path: &Path) -> io::Result<Vec<Example>> {
    let sentences = sentences(path, last_cell)?;
    Ok(sentences
        .into_iter()
        .map(|sentence| {
            let mut tokens: Vec<(String, String, bool)> = Vec::new();
            let mut glue = false;
            for (word, tag) in sentence {
                let arabic = word.chars().all(|c| ('\u{0621}'..='\u{064A}').contains(&c));
                let after_word = tokens
                    .last()
                    .is_some_and(|t| t.0.chars().all(|c| ('\u{0621}'..='\u{064A}').contains(&c)));
                let enclitic = matches!(word.as_str(), "ها" | "ه" | "هم" | "هن" | "هما" | "نا" | "كم")
                    && after_word
                    && tag == "O";
                let glued = glue && arabic || enclitic;
                let proclitic = matches!(word.as_str(), "و" | "ف" | "ب" | "ل" | "ك" | "س") && tag == "O";
                let mut word = word;
                // ل + ال is written لل.
                if glued && tokens.last().is_some_and(|t| t.0 == "ل") && word.starts_with("ال") {
                    word = word.trim_start_matches('ا').to_owned();
                }
                if let Some(last) = tokens.last_mut().filter(|_| enclitic) {
                    // ة before a pronoun is written ت.
                    if last.0.ends_with('ة') {
                        last.0.pop();
                        last.0.push('ت');
                    }
                    last.0.push_str(&word);
                    glue = false;
                    continue;
                }
                tokens.push((word, tag, glued));
                glue = proclitic && arabic;
            }
            build(&tokens)
        })
        .collect())
}

/// The coarse kind of a fine class of WikiFANE and NewsFANE.
#[must_use]
pub fn fane_label(fine: &str) -> &'static str {
    match fine {
        "Politician" | "Religious_PER" | "Artist" | "Other_PER" | "Scientist" | "Athlete"
        | "Businessperson" | "Engineer" | "Lawyer" | "Police" => "PER",
        "Group" => "GROUP",
        "Government" => "GOV",
        "Non-Governmental" | "Religious_ORG" => "NGO",
        "Commercial" => "COM",
        "Media" => "MEDIA",
        "Sports" => "SPORT",
        "Educational" | "Medical-Science" | "Entertainment" => "INST",
        "Nation" => "NATION",
        "Population-Center" | "State-or-Province" | "County-or-District" => "CITY",
        "Continent" | "Water-Body" | "Land-Region-Natural" | "GPE-Cluster" | "Celestial" => "GEO",
        "Building-Grounds" | "Subarea-Facility" | "Path" | "Airport" => "FAC",
        "Projectile" | "Shooting" | "Blunt" | "Exploding" | "Nuclear" | "Chemical" | "Sharp" => "WPN",
        "Land" | "Air" | "Water" => "VEH",
        _ => "PROD",
    }
}
