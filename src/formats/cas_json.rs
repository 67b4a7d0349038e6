//! UIMA's structures as JSON, version 0.4: the types, the feature structures and the views in one file.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::cas::{self, SOFA, Structure, TYPES, VIEW};
use super::file_each::FileEach;
use super::json::JsonType;
use super::problem::Problems;
use super::{ExportError, Outcome, ProblemKind, ReadOptions, Reading, whole_file};
use crate::annotation::Document;

/// Reads a file with one article.
#[must_use]
pub fn read_file(bytes: &[u8], options: &ReadOptions) -> Vec<Reading> {
    let mut problems = Problems::new(&options.file, None);
    let document =
        whole_file::json(bytes, &mut problems).and_then(|value| article(value, &mut problems)).and_then(
            |(text, structures)| cas::draft(text, structures, &mut problems).finish(options, &mut problems),
        );
    vec![Reading { line: None, document, problems: problems.into_vec() }]
}

fn article(mut value: Value, problems: &mut Problems) -> Option<(String, Vec<Structure>)> {
    const STRUCTURES: &str = "%FEATURE_STRUCTURES";
    let taken = value.as_object_mut().and_then(|map| map.shift_remove(STRUCTURES));
    // A list in this version, an object by name in earlier ones.
    let list: Vec<(String, Value)> = match taken {
        Some(Value::Array(list)) => {
            list.into_iter().enumerate().map(|(n, item)| (format!("{STRUCTURES}[{n}]"), item)).collect()
        }
        Some(Value::Object(map)) => map
            .into_iter()
            .map(|(id, mut item)| {
                if let Value::Object(item) = &mut item {
                    item.entry("%ID").or_insert_with(|| id.as_str().into());
                }
                (format!("{STRUCTURES}.{id}"), item)
            })
            .collect(),
        Some(other) => {
            let kind = ProblemKind::WrongType { expected: JsonType::List, found: JsonType::of(&other) };
            problems.say(STRUCTURES, kind, Outcome::FileLeftOut);
            return None;
        }
        None => {
            problems.say(STRUCTURES, ProblemKind::Missing, Outcome::FileLeftOut);
            return None;
        }
    };
    let mut structures: Vec<Structure> = Vec::with_capacity(list.len());
    let mut texts: Vec<(String, String, String)> = Vec::new();
    let mut sofas: HashMap<String, String> = HashMap::new();
    for (path, item) in list {
        let Some(structure) = structure(item, path, problems) else { continue };
        if structure.kind == "uima.cas.Sofa" {
            let part = |key: &str| structure.features.get(key).and_then(Value::as_str).map(str::to_owned);
            let name = part("sofaID").unwrap_or_default();
            if let Some(text) = part("sofaString") {
                texts.push((structure.id, name, text));
            }
            continue;
        }
        if let Some(sofa) = structure.references.get("sofa") {
            sofas.insert(structure.id.clone(), sofa.clone());
        }
        structures.push(structure);
    }
    let first = texts.iter().position(|(_, name, _)| name == VIEW).unwrap_or(0);
    if texts.is_empty() {
        problems.say("sofaString", ProblemKind::Missing, Outcome::FileLeftOut);
        return None;
    }
    let (sofa, _, text) = texts.swap_remove(first);
    for (_, found, _) in texts {
        problems.say("%VIEWS", ProblemKind::NoPlace { found }, Outcome::FieldLeftOut);
    }
    structures.retain(|structure| sofas.get(&structure.id).is_none_or(|of| *of == sofa));
    Some((text, structures))
}

fn structure(item: Value, path: String, problems: &mut Problems) -> Option<Structure> {
    let Value::Object(map) = item else {
        let kind = ProblemKind::WrongType { expected: JsonType::Object, found: JsonType::of(&item) };
        problems.say(path, kind, Outcome::EntryLeftOut);
        return None;
    };
    let name = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let mut structure = Structure {
        id: map.get("%ID").and_then(name).unwrap_or_default(),
        kind: map.get("%TYPE").and_then(name).unwrap_or_default(),
        features: Map::new(),
        references: HashMap::new(),
        path,
        line: None,
    };
    for (key, value) in map {
        if let Some(feature) = key.strip_prefix('@') {
            structure.references.extend(name(&value).map(|id| (feature.to_owned(), id)));
        } else if !key.starts_with(['%', '^']) {
            structure.features.insert(key, value);
        }
    }
    Some(structure)
}

/// Writes one file a document.
#[must_use]
pub fn writer() -> FileEach {
    FileEach::new("json", |document, losses| {
        let document = cas::fit(document, losses);
        let mut file = serde_json::to_vec_pretty(&file(&document)?).map_err(std::io::Error::from)?;
        file.push(b'\n');
        Ok(file)
    })
}

fn file(document: &Document) -> Result<Value, ExportError> {
    let types: Map<String, Value> = TYPES
        .iter()
        .map(|&(name, super_type, features)| {
            let mut definition = Map::new();
            definition.insert("%NAME".to_owned(), name.into());
            definition.insert("%SUPER_TYPE".to_owned(), super_type.into());
            for (feature, range) in features {
                definition.insert((*feature).to_owned(), json!({"%NAME": feature, "%RANGE": range}));
            }
            (name.to_owned(), Value::Object(definition))
        })
        .collect();
    let mut structures = vec![json!({
        "%ID": SOFA, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": VIEW, "mimeType": "text/plain",
        "sofaString": document.text.as_str(),
    })];
    let mut members = Vec::new();
    for out in cas::structures(document)? {
        let mut map = Map::new();
        map.insert("%ID".to_owned(), out.id.into());
        map.insert("%TYPE".to_owned(), out.kind.into());
        map.insert("@sofa".to_owned(), SOFA.into());
        map.insert("begin".to_owned(), out.begin.into());
        map.insert("end".to_owned(), out.end.into());
        for (feature, id) in out.references {
            map.insert(format!("@{feature}"), id.into());
        }
        for (feature, value) in out.features {
            map.insert(feature.to_owned(), value.into());
        }
        members.push(out.id);
        structures.push(Value::Object(map));
    }
    Ok(json!({
        "%TYPES": types,
        "%FEATURE_STRUCTURES": structures,
        "%VIEWS": {VIEW: {"%SOFA": SOFA, "%MEMBERS": members}},
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::draft::testing::surfaces;

    #[test]
    fn any_type_with_a_label_is_a_span_and_offsets_count_utf16() {
        let file = r#"{"%TYPES":{},"%FEATURE_STRUCTURES":[
          {"%ID":1,"%TYPE":"uima.cas.Sofa","sofaNum":1,"sofaID":"_InitialView","sofaString":"😊 زار عمر القاهرة."},
          {"%ID":2,"%TYPE":"custom.Entity","@sofa":1,"begin":7,"end":10,"value":"PERS","sure":true},
          {"%ID":3,"%TYPE":"custom.Place","@sofa":1,"begin":11,"end":18},
          {"%ID":4,"%TYPE":"webanno.custom.Relation","@sofa":1,"begin":11,"end":18,"@Governor":2,"@Dependent":3,"value":"visited"},
          {"%ID":5,"%TYPE":"de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS","@sofa":1,"begin":0,"end":2},
          {"%ID":6,"%TYPE":"de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token","@sofa":1,"begin":0,"end":2},
          {"%ID":7,"%TYPE":"custom.Entity","@sofa":1,"begin":7,"end":99,"value":"PERS"}],
          "%VIEWS":{"_InitialView":{"%SOFA":1,"%MEMBERS":[2,3]}}}"#;
        let reading = read_file(file.as_bytes(), &ReadOptions::for_file("a.json")).remove(0);
        let document = reading.document.unwrap();
        assert_eq!(
            surfaces(&document),
            [("PERS".to_owned(), "عمر".to_owned()), ("Place".to_owned(), "القاهرة".to_owned())]
        );
        assert_eq!(document.spans.iter().next().unwrap().attributes["sure"], true);
        assert_eq!(document.relations.len(), 1);
        let said: Vec<_> = reading.problems.iter().map(|problem| problem.field.as_str()).collect();
        assert_eq!(said, ["", "%FEATURE_STRUCTURES[6].end"]);
    }

    #[test]
    fn a_file_without_a_text_is_refused() {
        for (file, field) in [("{}", "%FEATURE_STRUCTURES"), (r#"{"%FEATURE_STRUCTURES":[]}"#, "sofaString")]
        {
            let reading = read_file(file.as_bytes(), &ReadOptions::for_file("a.json")).remove(0);
            assert_eq!((reading.document, reading.problems[0].field.as_str()), (None, field));
        }
    }
}
