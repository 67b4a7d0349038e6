//! Any bytes as a schema: no panic, and a schema that is taken is written and taken again as it is.
#![no_main]

use libfuzzer_sys::fuzz_target;
use misam::schema::Schema;

fuzz_target!(|input: &str| {
    if let Ok(schema) = Schema::from_json(input) {
        let written = serde_json::to_string(&schema).expect("a schema can be written");
        assert_eq!(Schema::from_json(&written).expect("it is one"), schema);
        let _ = (schema.stylesheet(), schema.guide());
    }
});
