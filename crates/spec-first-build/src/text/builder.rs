//! Builds the tree from the events of a reader: depth, duplicate names, anchors and merge keys are its business.

use std::collections::HashMap;
use std::rc::Rc;

use serde_json::{Map, Value};

use super::position::Position;
use super::tree::{DEEPEST, Mark, Source};

/// How many values aliases may copy altogether; a real document stays far below, an "alias bomb" does not.
const COPIES: usize = 500_000;

/// A finished value.
#[derive(Clone, Debug)]
pub(super) struct Node {
    value: Value,
    mark: Mark,
    /// How many values there are in it, itself included.
    size: usize,
    /// How many levels there are in it, itself included.
    depth: usize,
}

impl Node {
    fn scalar(value: Value, position: Position) -> Node {
        let children = Vec::new();
        Node {
            value,
            mark: Mark { position, children },
            size: 1,
            depth: 1,
        }
    }
}

/// A value that is being read.
enum Frame {
    Object {
        position: Position,
        anchor: usize,
        members: Vec<(Name, Node)>,
        name: Option<Name>,
    },
    Array {
        position: Position,
        anchor: usize,
        elements: Vec<Node>,
    },
}

/// A member's name, or YAML's merge key `<<`.
#[derive(Clone)]
pub(super) struct Name {
    pub text: String,
    pub position: Position,
    pub merges: bool,
}

/// A fault of the text, at a position.
pub(super) type Trouble = (Position, String);

/// The tree so far.
#[derive(Default)]
pub(super) struct Builder {
    frames: Vec<Frame>,
    /// Finished anchors; `None` while the anchored value is still being read.
    anchors: HashMap<usize, Option<Rc<Node>>>,
    copies: usize,
    root: Option<Node>,
}

impl Builder {
    /// Whether the next scalar is the name of a member.
    pub fn wants_name(&self) -> bool {
        matches!(self.frames.last(), Some(Frame::Object { name: None, .. }))
    }

    pub fn name(&mut self, next: Name) {
        if let Some(Frame::Object { name, .. }) = self.frames.last_mut() {
            *name = Some(next);
        }
    }

    /// Lets aliases repeat `value`, a scalar that is a member's name.
    pub fn anchor_name(&mut self, anchor: usize, value: Value) {
        let node = Node::scalar(value, Position::default());
        self.anchors.insert(anchor, Some(Rc::new(node)));
    }

    /// The scalar that an alias repeats, as the name of a member.
    pub fn scalar_at(&self, anchor: usize) -> Option<String> {
        match &self.anchors.get(&anchor)?.as_ref()?.value {
            Value::String(text) => Some(text.clone()),
            Value::Array(_) | Value::Object(_) => None,
            other => Some(other.to_string()),
        }
    }

    pub fn start_object(&mut self, position: Position, anchor: usize) -> Result<(), Trouble> {
        self.open(
            Frame::Object {
                position,
                anchor,
                members: Vec::new(),
                name: None,
            },
            position,
            anchor,
        )
    }

    pub fn start_array(&mut self, position: Position, anchor: usize) -> Result<(), Trouble> {
        self.open(
            Frame::Array {
                position,
                anchor,
                elements: Vec::new(),
            },
            position,
            anchor,
        )
    }

    fn open(&mut self, frame: Frame, position: Position, anchor: usize) -> Result<(), Trouble> {
        if self.frames.len() >= DEEPEST {
            return Err(too_deep(position));
        }
        if anchor > 0 {
            self.anchors.insert(anchor, None);
        }
        self.frames.push(frame);
        Ok(())
    }

    /// Ends the object or array that was started last.
    pub fn end(&mut self) -> Result<(), Trouble> {
        match self.frames.pop() {
            Some(Frame::Object {
                position,
                anchor,
                members,
                ..
            }) => {
                let node = object(position, members)?;
                self.finish(node, anchor)
            }
            Some(Frame::Array {
                position,
                anchor,
                elements,
            }) => self.finish(array(position, elements), anchor),
            None => Ok(()),
        }
    }

    pub fn scalar(
        &mut self,
        value: Value,
        position: Position,
        anchor: usize,
    ) -> Result<(), Trouble> {
        self.finish(Node::scalar(value, position), anchor)
    }

    pub fn alias(&mut self, anchor: usize, position: Position) -> Result<(), Trouble> {
        let Some(Some(node)) = self.anchors.get(&anchor).cloned() else {
            return Err((
                position,
                "This alias is inside the value that it repeats. Write the value out.".into(),
            ));
        };
        self.copies += node.size;
        if self.copies > COPIES {
            return Err((
                position,
                format!("Aliases repeat more than {COPIES} values here. Use `$ref` instead."),
            ));
        }
        if self.frames.len() + node.depth > DEEPEST {
            return Err(too_deep(position));
        }
        let mut copy = Node::clone(&node);
        copy.mark.position = position;
        self.finish(copy, 0)
    }

    fn finish(&mut self, node: Node, anchor: usize) -> Result<(), Trouble> {
        if anchor > 0 {
            self.anchors.insert(anchor, Some(Rc::new(node.clone())));
        }
        match self.frames.last_mut() {
            None => self.root = Some(node),
            Some(Frame::Array { elements, .. }) => elements.push(node),
            Some(Frame::Object { members, name, .. }) => {
                members.extend(name.take().map(|name| (name, node)))
            }
        }
        Ok(())
    }

    /// The finished tree; nothing at all reads as null.
    pub fn source(self) -> Source {
        let (value, mark) = match self.root {
            Some(node) => (node.value, node.mark),
            None => (Value::Null, Mark::default()),
        };
        Source {
            value,
            mark,
            warnings: Vec::new(),
        }
    }
}

fn too_deep(position: Position) -> Trouble {
    (
        position,
        format!(
            "The document nests more than {DEEPEST} levels here. Move the inner parts out and `$ref` them."
        ),
    )
}

fn array(position: Position, elements: Vec<Node>) -> Node {
    let (size, depth) = extent(elements.iter());
    let (values, children) = elements
        .into_iter()
        .map(|node| (node.value, node.mark))
        .unzip();
    Node {
        value: Value::Array(values),
        mark: Mark { position, children },
        size,
        depth,
    }
}

fn object(position: Position, members: Vec<(Name, Node)>) -> Result<Node, Trouble> {
    let own = own_names(&members)?;
    let (size, depth) = extent(members.iter().map(|(_, node)| node));
    let mut map = Map::with_capacity(members.len());
    let mut children = Vec::with_capacity(members.len());
    for (name, node) in members {
        if !name.merges {
            children.push(Mark {
                position: name.position,
                children: node.mark.children,
            });
            map.insert(name.text, node.value);
            continue;
        }
        for (text, value, mark) in merged(name.position, node)? {
            if !own.contains_key(&text) && !map.contains_key(&text) {
                map.insert(text, value);
                children.push(mark);
            }
        }
    }
    Ok(Node {
        value: Value::Object(map),
        mark: Mark { position, children },
        size,
        depth,
    })
}

fn own_names(members: &[(Name, Node)]) -> Result<HashMap<String, Position>, Trouble> {
    let mut own = HashMap::with_capacity(members.len());
    for (name, _) in members.iter().filter(|(name, _)| !name.merges) {
        if let Some(first) = own.insert(name.text.clone(), name.position) {
            let text = format!(
                "`{}` appears twice in this object, first in line {}. Remove one of the two.",
                name.text, first.line
            );
            return Err((name.position, text));
        }
    }
    Ok(own)
}

/// The members that a merge key brings: of one object, or of several, the first of which wins.
fn merged(position: Position, node: Node) -> Result<Vec<(String, Value, Mark)>, Trouble> {
    match node.value {
        Value::Object(members) => {
            let marks = node.mark.children;
            Ok(members
                .into_iter()
                .zip(marks)
                .map(|((name, value), mark)| (name, value, mark))
                .collect())
        }
        Value::Array(elements) if elements.iter().all(Value::is_object) => {
            let depth = node.depth - 1;
            let nodes = elements.into_iter().zip(node.mark.children);
            let lists = nodes.map(|(value, mark)| {
                merged(
                    position,
                    Node {
                        value,
                        mark,
                        size: 1,
                        depth,
                    },
                )
            });
            Ok(lists
                .collect::<Result<Vec<_>, _>>()?
                .into_iter()
                .flatten()
                .collect())
        }
        _ => Err((
            position,
            "Expected an object, or a list of objects, whose members are added here. Let `<<` name one: `<<: *name`.".into(),
        )),
    }
}

fn extent<'a>(nodes: impl Iterator<Item = &'a Node>) -> (usize, usize) {
    let (size, depth) = nodes.fold((0, 0), |(size, depth), node| {
        (size + node.size, depth.max(node.depth))
    });
    (size + 1, depth + 1)
}
