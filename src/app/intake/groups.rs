//! Which of the files that came at once belong together.

use std::collections::{HashMap, HashSet};

use super::FileEntry;
use crate::formats::archive;

/// The files in the order in which they came, those together that are read together: in a folder where files mean
/// something only together, all of that folder and of the folders in it.
#[must_use]
pub fn grouped<T>(files: Vec<(FileEntry, T)>) -> Vec<Vec<(FileEntry, T)>> {
    let mut folders: HashMap<&str, Vec<&str>> = HashMap::new();
    for (file, _) in &files {
        folders.entry(folder(&file.name)).or_default().push(&file.name);
    }
    folders.retain(|_, names| archive::belong_together(names.iter().copied()));
    let together: HashSet<String> = folders.into_keys().map(str::to_owned).collect();
    let mut groups: Vec<Vec<(FileEntry, T)>> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for (file, data) in files {
        let place = match outermost(&file.name, &together) {
            None => groups.len(),
            Some(of) => *places.entry(of).or_insert(groups.len()),
        };
        match groups.get_mut(place) {
            Some(group) => group.push((file, data)),
            None => groups.push(vec![(file, data)]),
        }
    }
    groups
}

/// The folder a file lies in; an empty name for one that lies in none.
fn folder(name: &str) -> &str {
    name.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The outermost of these folders that a file lies in. What lies in a folder is not beside files that lie in none.
fn outermost<'f>(name: &str, folders: &'f HashSet<String>) -> Option<&'f str> {
    let above = name.match_indices('/').filter_map(|(at, _)| name.get(..at));
    let own = (!name.contains('/')).then_some("");
    own.into_iter().chain(above).find_map(|folder| folders.get(folder)).map(String::as_str)
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

    #[test]
    fn a_great_many_files_of_one_folder_are_grouped_at_once() {
        // Each looking at every other would be 10^10 looks.
        let names: Vec<String> = (0..100_000).map(|n| format!("news/{n}.txt")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        assert_eq!(groups(&names), names);
        let folders: Vec<String> =
            (0..20_000).map(|n| format!("a/{n}/{}", ["x.txt", "x.ann"][n % 2])).collect();
        let folders: Vec<&str> = folders.iter().map(String::as_str).collect();
        assert_eq!(groups(&folders), folders);
    }

    #[test]
    fn a_folder_in_another_goes_with_the_outermost() {
        assert_eq!(
            groups(&["d/e/a.txt", "d/e/a.ann", "d/x.ann", "df/x.txt"]),
            ["d/e/a.txt+d/e/a.ann+d/x.ann", "df/x.txt"]
        );
    }
}
