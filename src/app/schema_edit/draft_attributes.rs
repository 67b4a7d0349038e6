//! The attributes of a draft: adding, changing and taking them out.

use super::draft::{Draft, DraftAttribute, RowId, free_code};
use crate::schema::{AttributeDef, AttributeValues, LabelCode, Localized};

impl Draft {
    /// Adds an attribute that is asked of all labels.
    pub fn add_attribute(&mut self) -> Option<RowId> {
        let code = free_code("attribute", |code| self.attributes.iter().any(|a| a.def.code == *code))?;
        let row = self.next_row();
        let name = Localized::new(code.as_str(), "");
        let def = AttributeDef { code, name, values: AttributeValues::Flag, labels: Vec::new() };
        self.attributes.push(DraftAttribute {
            row,
            is_old: false,
            def,
            labels: Vec::new(),
            code_fault: None,
        });
        Some(row)
    }

    /// Has an attribute asked of a label, or no more. Asked of none, it is asked of all.
    pub fn ask_of(&mut self, attribute: RowId, label: RowId, asked: bool) {
        if let Some(attribute) = self.attributes.iter_mut().find(|other| other.row == attribute) {
            attribute.labels.retain(|row| *row != label);
            if asked {
                attribute.labels.push(label);
            }
        }
    }

    /// Changes an attribute; its code is set by [`set_attribute_code`](Self::set_attribute_code).
    pub fn edit_attribute(&mut self, row: RowId, change: impl FnOnce(&mut AttributeDef)) {
        if let Some(attribute) = self.attributes.iter_mut().find(|attribute| attribute.row == row) {
            let code = attribute.def.code.clone();
            change(&mut attribute.def);
            attribute.def.code = code;
        }
    }

    /// Gives a new attribute the code that was typed, if it can be one.
    pub fn set_attribute_code(&mut self, row: RowId, typed: &str) {
        let attribute =
            self.attributes.iter_mut().find(|attribute| attribute.row == row && !attribute.is_old);
        if let Some(attribute) = attribute {
            match LabelCode::new(typed.trim()) {
                Ok(code) => (attribute.def.code, attribute.code_fault) = (code, None),
                Err(fault) => attribute.code_fault = Some(fault),
            }
        }
    }

    /// Takes an attribute out. Answers that spans have to it stay in them.
    pub fn remove_attribute(&mut self, row: RowId) {
        self.attributes.retain(|attribute| attribute.row != row);
    }
}
