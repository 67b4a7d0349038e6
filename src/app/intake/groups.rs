//! Which of the files that came at once belong together.

use std::collections::HashMap;

use super::FileEntry;
use crate::formats::archive;

/// The files in the order in which they came, those together that are read together: in a folder where files mean
/// something only together, all of that folder and of the folders in it.
#[must_use]
pub fn grouped<T>(files: Vec<(FileEntry, T)>) -> Vec<Vec<(FileEntry, T)>> {
    let folder = |name: &str| name.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let mut together: Vec<String> = Vec::new();
    for (file, _) in &files {
        let here = folder(&file.name);
        let beside = files.iter().map(|(other, _)| other.name.as_str()).filter(|other| folder(other) == here);
        if !together.contains(&here) && archive::belong_together(beside) {
            together.push(here);
        }
    }
    let mut groups: Vec<Vec<(FileEntry, T)>> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for (file, data) in files {
        let lies_in = |other: &&String| {
            let inside = file.name.strip_prefix(other.as_str());
            other.is_empty() && !file.name.contains('/') || inside.is_some_and(|rest| rest.starts_with('/'))
        };
        match together.iter().filter(lies_in).min_by_key(|other| other.len()) {
            None => groups.push(vec![(file, data)]),
            Some(of) => {
                let place = *places.entry(of.clone()).or_insert(groups.len());
                match groups.get_mut(place) {
                    Some(group) => group.push((file, data)),
                    None => groups.push(vec![(file, data)]),
                }
            }
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(names: &[&str]) -> Vec<String> {
        let files = names.iter().map(|name| (FileEntry { name: (*name).to_owned(), bytes: 0 }, ())).collect();
        let joined = |group: Vec<(FileEntry, ())>| {
            group.into_iter().map(|(file, ())| file.name).collect::<Vec<_>>().join("+")
        };
        grouped(files).into_iter().map(joined).collect()
    }

    #[test]
    fn articles_are_read_one_by_one() {
        assert_eq!(groups(&["a.txt", "b/c.txt", "a.jsonl"]), ["a.txt", "b/c.txt", "a.jsonl"]);
    }

    #[test]
    fn annotations_go_with_the_texts_beside_them() {
        assert_eq!(
            groups(&["x.txt", "d/a.txt", "d/a.ann", "d/sub/b.txt"]),
            ["x.txt", "d/a.txt+d/a.ann+d/sub/b.txt"]
        );
        assert_eq!(groups(&["a.txt", "a.ann", "e/b.txt"]), ["a.txt+a.ann", "e/b.txt"]);
    }

    #[test]
    fn data_go_with_their_card_and_folders_stay_apart() {
        assert_eq!(groups(&["d/README.md", "d/data/train.jsonl"]).len(), 2);
        assert_eq!(groups(&["d/README.md", "d/train.jsonl", "e/README.md", "e/train.jsonl"]).len(), 2);
    }
}
