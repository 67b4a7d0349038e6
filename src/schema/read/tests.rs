use super::*;

fn faults(json: &str) -> Vec<String> {
    match Schema::from_json(json) {
        Ok(_) => Vec::new(),
        Err(InvalidSchema(problems)) => problems.iter().map(ToString::to_string).collect(),
    }
}

#[test]
fn the_default_schema_comes_back_from_its_file() {
    let schema = Schema::conflict_news();
    assert_eq!(Schema::from_json(&schema.to_json()).unwrap(), schema);
}

#[test]
fn a_schema_with_every_part_comes_back_from_its_file() {
    let mut schema = Schema::conflict_news();
    let code = |code: &str| LabelCode::new(code).unwrap();
    schema.labels[0].aliases = vec![code("PERSON")];
    schema.attributes = vec![
        AttributeDef {
            code: code("doubt"),
            name: Localized::new("Doubt", "شك"),
            values: AttributeValues::Flag,
            labels: Vec::new(),
        },
        AttributeDef {
            code: code("side"),
            name: Localized::new("Side", ""),
            values: AttributeValues::Choice(vec![ChoiceDef {
                code: code("state"),
                name: Localized::new("", "دولة"),
            }]),
            labels: vec![code("GRP")],
        },
    ];
    schema.layers = Layers::Nested;
    schema.relations = vec![RelationDef {
        code: code("located_in"),
        name: Localized::new("in", "في"),
        head: vec![code("FAC")],
        tail: vec![code("LOC")],
    }];
    assert_eq!(Schema::from_json(&schema.to_json()).unwrap(), schema);
}

#[test]
fn a_code_and_a_name_are_enough() {
    let schema = Schema::from_json(r#"{"id":"mine/1","labels":[{"code":"OCC","name":"مهنة"}]}"#).unwrap();
    assert_eq!(schema.labels[0].name, Localized::new("مهنة", "مهنة"));
    assert_eq!(schema.labels[0].colours, Schema::conflict_news().labels[0].colours);
}

#[test]
fn every_fault_is_named_with_its_place() {
    let json = r##"{"labels":[
            {"code":"P ER","name":"Person","key":"p","famly":"who"},
            {"name":7,"family":"whom","colours":{"light":{"mark":"red","line":"#000000","ink":"#ffffff"}}}]}"##;
    assert_eq!(
        faults(json),
        [
            "id: missing; give a name such as \"my-labels/1\"",
            "labels[0].code: a label code holds U+0020 at character 1; white space, control and direction \
                 characters are not allowed",
            "labels[0].key: \"p\" is not the code of a writing key; use names such as \"KeyP\", \"Digit1\" or \
                 \"Minus\"",
            "labels[0].famly: unknown field; remove it or correct its name",
            "labels[1].code: missing; give a short name such as \"PER\"",
            "labels[1].name: expected a string, or an object with \"en\" and \"ar\", found a number",
            "labels[1].family: \"whom\" is none of who, where, what, when, other",
            "labels[1].colours.light.mark: \"red\" is not a colour; write \"#\" and six hexadecimal digits, such \
                 as \"#0b63ce\"",
            "labels[1].colours.dark: missing; give the colours on this paper",
        ]
    );
}

#[test]
fn names_that_turn_the_direction_of_writing_are_faults_but_what_is_stored_is_read() {
    for sign in ['\u{202E}', '\u{2066}'] {
        let json =
            format!(r#"{{"id":"x/1","labels":[{{"code":"A","name":{{"en":"{sign}REP","ar":"أ"}}}}]}}"#);
        let told = format!(
            "labels[0].name: the name has U+{:04X} in it, which turns the direction of writing; take it out",
            u32::from(sign)
        );
        assert_eq!(faults(&json), [told]);
        let mut stored: Schema = serde_json::from_str(&json).unwrap();
        assert_eq!((stored.unturn_names(), &*stored.labels[0].name.en), (Some(sign), "REP"));
        assert_eq!(stored.problems(), []);
    }
}

#[test]
fn shared_codes_and_keys_and_empty_names_are_faults() {
    let json = r#"{"id":"mine/1","labels":[
            {"code":"A","name":"a","key":"KeyA","digit":"Digit1"},
            {"code":"A","name":{"en":" ","ar":""},"key":"Digit1"}]}"#;
    assert_eq!(
        faults(json),
        [
            "labels[1].code: the code A is already that of labels[0]; codes must differ",
            "labels[1].name: empty; give a name in English or in Arabic",
            "labels[1].key: the key Digit1 is already that of labels[0].digit; choose another",
        ]
    );
}

#[test]
fn an_alias_is_the_code_of_no_label_and_of_one_alias_only() {
    let json = r#"{"id":"mine/1","labels":[
            {"code":"A","name":"a","aliases":["B","C"]},
            {"code":"B","name":"b","aliases":["C"]}]}"#;
    assert_eq!(
        faults(json),
        [
            "labels[0].aliases[0]: the code B is already that of labels[1]; codes must differ",
            "labels[1].aliases[0]: the code C is already that of labels[0].aliases[1]; codes must differ",
        ]
    );
}

#[test]
fn labels_that_are_not_there_are_faults() {
    let json = r#"{"id":"mine/1","labels":[{"code":"A","name":"a"}],
            "attributes":[{"code":"x","name":"x","values":{"choice":[]},"labels":["B"]}],
            "relations":[{"code":"r","name":"r","head":["A"],"tail":["C"]}]}"#;
    assert_eq!(
        faults(json),
        [
            "attributes[0].labels[0]: there is no label B in this schema; add it or remove it here",
            "attributes[0].values.choice: missing; give at least one possible value",
            "relations[0].tail[0]: there is no label C in this schema; add it or remove it here",
        ]
    );
}

#[test]
fn colours_that_could_not_be_read_are_faults() {
    let mut schema = Schema::conflict_news();
    schema.labels[0].colours.light.ink = schema.labels[0].colours.light.mark;
    assert_eq!(
        faults(&schema.to_json()),
        [
            "labels[0].colours.light.ink: #e8ecff on #e8ecff has a contrast of 1.0; at least 4.5 is needed to be read",
            "labels[0].colours.light.ink: #e8ecff on #fdfcf9 has a contrast of 1.1; at least 4.5 is needed to be read",
        ]
    );
}

#[test]
fn what_is_not_json_is_refused_with_its_line() {
    assert!(faults("{\n\"id\" 1}")[0].starts_with("not valid JSON at line 2, column 6"));
    assert_eq!(faults("[]"), ["expected an object, found a list"]);
}
