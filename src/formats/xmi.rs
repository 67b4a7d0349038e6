//! UIMA's structures as XMI, and beside them the type system, without which UIMA does not read them.
//!
//! XML 1.0 cannot write most control characters. They become spaces, which is counted.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::cas::{self, SOFA, Structure, TYPES, VIEW};
use super::file_names::FileNames;
use super::problem::Problems;
use super::xml::{self, Element};
use super::{
    DocumentWriter, ExportError, Loss, Losses, Outcome, Output, ProblemKind, ReadOptions, Reading, whole_file,
};
use crate::annotation::Document;
use crate::formats::archive::Files;
use crate::text::SourceText;

/// The document as XMI can hold it.
pub(super) fn fit(document: &Document, losses: &mut Losses) -> Document {
    let mut fitted = cas::fit(document, losses);
    fit_characters(&mut fitted, losses);
    fitted
}

/// Replaces what XML cannot write, which is counted.
pub(super) fn fit_characters(document: &mut Document, losses: &mut Losses) {
    if document.text.as_str().contains(xml::is_forbidden) {
        losses.say(&document.id, Loss::Field { field: "text" });
        let text: String = document.text.as_str().chars().map(xml::allowed).collect();
        document.text = SourceText::from(text);
    }
}

/// Reads the articles of a folder; its type system says nothing that a reader needs.
#[must_use]
pub fn read_folder(files: &Files, options: &ReadOptions) -> Vec<Reading> {
    let mut readings = Vec::new();
    for (name, bytes) in files {
        let options = ReadOptions { file: options.within(name), ..options.clone() };
        let mut problems = Problems::new(&options.file, None);
        let Some(root) = whole_file::xml(bytes, &mut problems) else {
            readings.push(Reading { line: None, document: None, problems: problems.into_vec() });
            continue;
        };
        let document = match root.local() {
            "XMI" => article(&root, &mut problems).and_then(|(text, structures)| {
                cas::draft(text, structures, &mut problems).finish(&options, &mut problems)
            }),
            "typeSystemDescription" => continue,
            other => {
                let kind = ProblemKind::Malformed { expected: "xmi:XMI", found: other.to_owned() };
                problems.say("", kind, Outcome::FileLeftOut);
                None
            }
        };
        readings.push(Reading { line: None, document, problems: problems.into_vec() });
    }
    readings
}

fn article(root: &Element, problems: &mut Problems) -> Option<(String, Vec<Structure>)> {
    // The name of a type is that of its namespace, which is a made-up address: http:///a/b.ecore is the package a.b.
    let mut packages: HashMap<&str, String> = HashMap::new();
    for (name, value) in &root.attributes {
        if let Some(prefix) = name.strip_prefix("xmlns:") {
            let package = value.trim_start_matches("http:///").trim_end_matches(".ecore").replace('/', ".");
            packages.insert(prefix, package);
        }
    }
    let mut texts: Vec<&Element> = root.elements().filter(|element| element.local() == "Sofa").collect();
    let first = texts.iter().position(|sofa| sofa.attribute("sofaID") == Some(VIEW)).unwrap_or(0);
    if texts.is_empty() {
        problems.say("cas:Sofa", ProblemKind::Missing, Outcome::FileLeftOut);
        return None;
    }
    let sofa = texts.swap_remove(first);
    for other in texts {
        problems.at_line(Some(other.line));
        let found = other.attribute("sofaID").unwrap_or_default().to_owned();
        problems.say("cas:Sofa", ProblemKind::NoPlace { found }, Outcome::FieldLeftOut);
        problems.at_line(None);
    }
    let Some(text) = sofa.attribute("sofaString") else {
        problems.at_line(Some(sofa.line));
        problems.say("cas:Sofa.sofaString", ProblemKind::Missing, Outcome::FileLeftOut);
        return None;
    };
    let own = sofa.attribute("xmi:id");
    let structures = root
        .elements()
        .filter(|element| !["Sofa", "View", "NULL"].contains(&element.local()))
        .filter(|element| element.attribute("sofa").is_none_or(|sofa| Some(sofa) == own))
        .map(|element| structure(element, &packages))
        .collect();
    Some((text.to_owned(), structures))
}

fn structure(element: &Element, packages: &HashMap<&str, String>) -> Structure {
    let package = element.name.split_once(':').and_then(|(prefix, _)| packages.get(prefix));
    let kind = match package {
        Some(package) if !package.is_empty() => format!("{package}.{}", element.local()),
        _ => element.local().to_owned(),
    };
    let mut structure = Structure {
        id: String::new(),
        kind,
        features: serde_json::Map::new(),
        references: HashMap::new(),
        path: element.name.clone(),
        line: Some(element.line),
    };
    for (name, value) in &element.attributes {
        match name.as_str() {
            "xmi:id" => structure.id.clone_from(value),
            // Only these features are known to name other structures; a file does not tell which do.
            "sofa" | "Governor" | "Dependent" => {
                structure.references.insert(name.clone(), value.clone());
            }
            _ => {
                structure.features.insert(name.clone(), value.as_str().into());
            }
        }
    }
    structure
}

/// Writes one file a document, and beside them the type system.
#[derive(Debug, Default)]
pub struct Writer {
    names: FileNames,
}

impl DocumentWriter for Writer {
    fn write(
        &mut self,
        document: &Document,
        output: &mut dyn Output,
        losses: &mut Losses,
    ) -> Result<(), ExportError> {
        let document = fit(document, losses);
        let file = file(&document)?;
        let stem = self.names.stem(&document, &mut Losses::default());
        output.file(&format!("{stem}.xmi"), file.as_bytes())?;
        Ok(())
    }

    fn finish(&mut self, output: &mut dyn Output) -> Result<(), ExportError> {
        output.companion("TypeSystem.xml", type_system().as_bytes())?;
        Ok(())
    }
}

/// The package and the short name of a type.
fn parts(name: &str) -> (&str, &str) {
    name.rsplit_once('.').unwrap_or(("", name))
}

/// The prefix of a written type: `type1` for the first.
fn prefix(kind: &str) -> String {
    let index = TYPES.iter().position(|(name, ..)| *name == kind).unwrap_or(0);
    format!("type{}", index + 1)
}

fn file(document: &Document) -> Result<String, ExportError> {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xmi:XMI");
    out.push_str(" xmlns:xmi=\"http://www.omg.org/XMI\" xmlns:cas=\"http:///uima/cas.ecore\"");
    for (name, ..) in TYPES {
        // Writing to a string cannot fail.
        let _ = write!(out, " xmlns:{}=\"http:///{}.ecore\"", prefix(name), parts(name).0.replace('.', "/"));
    }
    out.push_str(" xmi:version=\"2.0\">\n  <cas:NULL xmi:id=\"0\"/>\n");
    let mut members = Vec::new();
    for structure in cas::structures(document)? {
        let (prefix, (_, name)) = (prefix(structure.kind), parts(structure.kind));
        let _ = write!(
            out,
            "  <{prefix}:{name} xmi:id=\"{}\" sofa=\"{SOFA}\" begin=\"{}\" end=\"{}\"",
            structure.id, structure.begin, structure.end
        );
        for (feature, id) in &structure.references {
            let _ = write!(out, " {feature}=\"{id}\"");
        }
        for (feature, value) in &structure.features {
            let _ = write!(out, " {feature}=\"{}\"", xml::attribute(value));
        }
        out.push_str("/>\n");
        members.push(structure.id.to_string());
    }
    let _ = write!(
        out,
        "  <cas:Sofa xmi:id=\"{SOFA}\" sofaNum=\"1\" sofaID=\"{VIEW}\" mimeType=\"text/plain\" sofaString=\"{}\"/>\n  \
         <cas:View sofa=\"{SOFA}\" members=\"{}\"/>\n</xmi:XMI>\n",
        xml::attribute(document.text.as_str()),
        members.join(" ")
    );
    Ok(out)
}

fn type_system() -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <typeSystemDescription xmlns=\"http://uima.apache.org/resourceSpecifier\">\n  <types>\n",
    );
    for (name, super_type, features) in TYPES {
        let _ = write!(
            out,
            "    <typeDescription>\n      <name>{name}</name>\n      <description/>\n      \
             <supertypeName>{super_type}</supertypeName>\n      <features>\n"
        );
        for (feature, range) in features {
            let _ = write!(
                out,
                "        <featureDescription>\n          <name>{feature}</name>\n          <description/>\n          \
                 <rangeTypeName>{range}</rangeTypeName>\n        </featureDescription>\n"
            );
        }
        out.push_str("      </features>\n    </typeDescription>\n");
    }
    out.push_str("  </types>\n</typeSystemDescription>\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::draft::testing::surfaces;

    fn read(file: &str) -> Reading {
        let files = [
            ("a.xmi".to_owned(), file.as_bytes().to_vec()),
            ("TypeSystem.xml".to_owned(), type_system().into()),
        ];
        let mut readings = read_folder(&files.into(), &ReadOptions::for_file("a.zip"));
        assert_eq!(readings.len(), 1);
        readings.remove(0)
    }

    #[test]
    fn types_are_told_by_their_namespaces() {
        let reading = read(
            r#"<?xml version="1.0" encoding="UTF-8"?>
<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:custom="http:///custom.ecore"
  xmlns:pos="http:///de/tudarmstadt/ukp/dkpro/core/api/lexmorph/type/pos.ecore" xmi:version="2.0">
  <cas:NULL xmi:id="0"/>
  <custom:Entity xmi:id="2" sofa="1" begin="7" end="10" value="PERS"/>
  <custom:Entity xmi:id="3" sofa="1" begin="7" end="70" value="PERS"/>
  <pos:POS xmi:id="4" sofa="1" begin="0" end="2" PosValue="N"/>
  <cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text/plain" sofaString="😊 زار عمر&#10;القاهرة."/>
  <cas:View sofa="1" members="2"/>
</xmi:XMI>"#,
        );
        let document = reading.document.unwrap();
        assert_eq!(document.text.as_str(), "😊 زار عمر\nالقاهرة.");
        assert_eq!(surfaces(&document), [("PERS".to_owned(), "عمر".to_owned())]);
        let places: Vec<_> = reading.problems.iter().map(|p| (p.line, p.field.as_str())).collect();
        assert_eq!(places, [(None, ""), (Some(6), "custom:Entity.end")]);
    }

    #[test]
    fn what_is_no_xmi_is_refused() {
        assert!(matches!(read("<a/>").problems[0].kind, ProblemKind::Malformed { .. }));
        assert!(matches!(read("<xmi:XMI/>").problems[0].kind, ProblemKind::Missing));
        assert!(matches!(read("<a>").problems[0].kind, ProblemKind::Xml { .. }));
    }
}
