//! Just enough of protobuf's wire format to take an ONNX model apart and put parts of it
//! together again, nodes and weights copied byte for byte.
//!
//! Field numbers are those of `onnx.proto` (ONNX IR); wire types those of the protobuf
//! encoding guide.

use std::borrow::Cow;

/// Why bytes are not an ONNX model, or not one of a voice.
pub(super) type Malformed = Cow<'static, str>;

/// Deepest nesting of graphs within nodes (If, Loop) that is followed.
const MAX_DEPTH: usize = 8;

/// One field of a message.
pub(super) struct Field<'a> {
    pub(super) number: u64,
    /// Tag, length and content as they stand.
    pub(super) whole: &'a [u8],
    /// The content: without tag and length.
    pub(super) content: &'a [u8],
}

/// A message's fields, in order.
pub(super) fn fields(message: &[u8]) -> impl Iterator<Item = Result<Field<'_>, Malformed>> {
    let mut rest = message;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let field = field(rest);
        rest = match &field {
            Ok(f) => &rest[f.whole.len()..],
            Err(_) => &[],
        };
        Some(field)
    })
}

fn field(bytes: &[u8]) -> Result<Field<'_>, Malformed> {
    let (tag, head) = varint(bytes)?;
    let (start, length) = match tag & 7 {
        0 => (head, varint(&bytes[head..])?.1),
        1 => (head, 8),
        2 => {
            let (length, n) = varint(&bytes[head..])?;
            let length = usize::try_from(length).map_err(|_| "a field is too long")?;
            (head + n, length)
        }
        5 => (head, 4),
        _ => return Err("a field of unknown wire type".into()),
    };
    let end = start.checked_add(length).ok_or("a field is too long")?;
    let content = bytes.get(start..end).ok_or("the file ends within a field")?;
    Ok(Field { number: tag >> 3, whole: &bytes[..end], content })
}

fn varint(bytes: &[u8]) -> Result<(u64, usize), Malformed> {
    let mut value = 0u64;
    for (i, &byte) in bytes.iter().take(10).enumerate() {
        value |= u64::from(byte & 0x7f) << (7 * i);
        if byte & 0x80 == 0 {
            return Ok((value, i + 1));
        }
    }
    Err("a number without an end".into())
}

pub(super) fn put(out: &mut Vec<u8>, number: u64, content: &[u8]) {
    put_varint(out, number << 3 | 2);
    put_varint(out, content.len() as u64);
    out.extend_from_slice(content);
}

pub(super) fn put_varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

fn text(bytes: &[u8]) -> Result<&str, Malformed> {
    std::str::from_utf8(bytes).map_err(|_| "a name that is not UTF-8".into())
}

/// One operation of a graph.
#[derive(Debug, Default)]
pub(super) struct Node<'a> {
    whole: &'a [u8],
    pub(super) op: &'a str,
    /// Names of the tensors it reads, those its inner graphs read included.
    pub(super) inputs: Vec<&'a str>,
    pub(super) outputs: Vec<&'a str>,
    attributes: Vec<&'a [u8]>,
}

impl<'a> Node<'a> {
    /// The `NodeProto`.
    pub(super) fn content(&self) -> Result<&'a [u8], Malformed> {
        Ok(field(self.whole)?.content)
    }

    /// The text of an attribute.
    pub(super) fn text(&self, name: &str) -> Result<Option<&'a str>, Malformed> {
        let text = self.attribute(name)?.map(|attribute| content(attribute, 4)).transpose()?.flatten();
        text.map(self::text).transpose()
    }

    /// The whole numbers of an attribute.
    pub(super) fn ints(&self, name: &str) -> Result<Option<Vec<i64>>, Malformed> {
        self.attribute(name)?.map(|attribute| numbers(attribute, &[3, 8])).transpose()
    }

    pub(super) fn attribute(&self, name: &str) -> Result<Option<&'a [u8]>, Malformed> {
        for attribute in &self.attributes {
            let named = content(attribute, 1)?.is_some_and(|n| n == name.as_bytes());
            if named {
                return Ok(Some(attribute));
            }
        }
        Ok(None)
    }
}

/// The content of the first field with this number.
fn content(message: &[u8], number: u64) -> Result<Option<&[u8]>, Malformed> {
    let found = fields(message).find(|f| f.as_ref().map_or(true, |f| f.number == number));
    Ok(found.transpose()?.map(|f| f.content))
}

/// All whole numbers in fields with these numbers, packed or one by one.
pub(super) fn numbers(message: &[u8], wanted: &[u64]) -> Result<Vec<i64>, Malformed> {
    let mut found = Vec::new();
    for field in fields(message) {
        let field = field?;
        let mut rest = if wanted.contains(&field.number) { field.content } else { &[] };
        while !rest.is_empty() {
            let (value, length) = varint(rest)?;
            found.push(value as i64);
            rest = &rest[length..];
        }
    }
    Ok(found)
}

/// A `TensorProto` of whole numbers of 64 bits, which is how exports write shapes and axes.
fn whole_numbers(tensor: &[u8]) -> Result<Vec<i64>, Malformed> {
    let raw = content(tensor, 9)?.unwrap_or_default();
    let mut found = numbers(tensor, &[7])?;
    found.extend(raw.chunks_exact(8).filter_map(|b| Some(i64::from_le_bytes(b.try_into().ok()?))));
    Ok(found)
}

/// Something with a name: an initialiser, an input, an output.
#[derive(Debug)]
pub(super) struct Named<'a> {
    pub(super) whole: &'a [u8],
    pub(super) name: &'a str,
}

/// A model's graph, borrowed from the file's bytes.
#[derive(Debug, Default)]
pub(super) struct Model<'a> {
    /// Everything beside the graph: versions, operator sets.
    header: Vec<&'a [u8]>,
    pub(super) nodes: Vec<Node<'a>>,
    pub(super) initialisers: Vec<Named<'a>>,
    pub(super) inputs: Vec<Named<'a>>,
    pub(super) outputs: Vec<Named<'a>>,
}

impl<'a> Model<'a> {
    /// Reads a `ModelProto`.
    pub(super) fn parse(bytes: &'a [u8]) -> Result<Self, Malformed> {
        let mut model = Self::default();
        for field in fields(bytes) {
            let field = field?;
            match field.number {
                7 => model.parse_graph(field.content)?,
                _ => model.header.push(field.whole),
            }
        }
        if model.nodes.is_empty() {
            return Err("no graph in it".into());
        }
        Ok(model)
    }

    fn parse_graph(&mut self, bytes: &'a [u8]) -> Result<(), Malformed> {
        for field in fields(bytes) {
            let field = field?;
            match field.number {
                1 => self.nodes.push(node(&field)?),
                5 => {
                    // TensorProto.data_location: EXTERNAL
                    if numbers(field.content, &[14])?.first() == Some(&1) {
                        return Err("its weights are in another file; export it as one".into());
                    }
                    self.initialisers.push(named(&field, 8)?);
                }
                11 => self.inputs.push(named(&field, 1)?),
                12 => self.outputs.push(named(&field, 1)?),
                _ => {}
            }
        }
        Ok(())
    }

    /// The whole numbers of a constant, an initialiser or made by a `Constant`; none if it is neither.
    pub(super) fn constant(&self, name: &str) -> Result<Option<Vec<i64>>, Malformed> {
        self.tensor(name)?.map(whole_numbers).transpose()
    }

    /// A model of some of this one's nodes, with the initialisers they read.
    pub(super) fn part(
        &self,
        nodes: impl Fn(usize) -> bool,
        inputs: &[Input<'_>],
        outputs: &[&str],
    ) -> Vec<u8> {
        let kept: Vec<&Node<'_>> =
            (self.nodes.iter().enumerate()).filter_map(|(i, node)| nodes(i).then_some(node)).collect();
        let read: std::collections::HashSet<&str> =
            kept.iter().flat_map(|n| n.inputs.iter().copied()).collect();
        let mut graph = Vec::new();
        kept.iter().for_each(|n| graph.extend_from_slice(n.whole));
        put(&mut graph, 2, b"part");
        for weight in self.initialisers.iter().filter(|w| read.contains(w.name)) {
            graph.extend_from_slice(weight.whole);
        }
        inputs.iter().for_each(|input| self.put_input(&mut graph, input));
        for name in outputs {
            let mut value = Vec::new();
            put(&mut value, 1, name.as_bytes());
            put(&mut graph, 12, &value);
        }
        self.with_graph(&graph)
    }

    /// A model of another graph, with this one's versions.
    pub(super) fn with_graph(&self, graph: &[u8]) -> Vec<u8> {
        let mut model = self.header.concat();
        put(&mut model, 7, graph);
        model
    }

    /// Version of the standard operators (`opset_import` whose domain is empty).
    pub(super) fn opset(&self) -> Result<i64, Malformed> {
        for whole in &self.header {
            let set = field(whole)?;
            if set.number == 8 && content(set.content, 1)?.is_none_or(<[u8]>::is_empty) {
                return Ok(numbers(set.content, &[2])?.first().copied().unwrap_or(1));
            }
        }
        Ok(1)
    }

    /// The `TensorProto` of a constant, an initialiser or made by a `Constant`; none if it is neither.
    pub(super) fn tensor(&self, name: &str) -> Result<Option<&'a [u8]>, Malformed> {
        let weight = self.initialisers.iter().find(|w| w.name == name);
        let maker = self.nodes.iter().find(|n| n.op == "Constant" && n.outputs.first() == Some(&name));
        Ok(match (weight, maker) {
            (Some(weight), _) => Some(field(weight.whole)?.content),
            (None, Some(node)) => node.attribute("value")?.map(|a| content(a, 5)).transpose()?.flatten(),
            (None, None) => None,
        })
    }

    fn put_input(&self, graph: &mut Vec<u8>, input: &Input<'_>) {
        match input {
            Input::Same(name) => {
                let whole = self.inputs.iter().find(|i| i.name == *name);
                graph.extend_from_slice(whole.map_or(&[], |i| i.whole));
            }
            Input::Floats(name) => {
                // ValueInfoProto { name, type { tensor_type { elem_type: FLOAT } } }
                let mut value = Vec::new();
                put(&mut value, 1, name.as_bytes());
                put(&mut value, 2, &[0x0a, 2, 0x08, 1]);
                put(graph, 11, &value);
            }
        }
    }
}

/// An input of a part.
pub(super) enum Input<'a> {
    /// As the whole model declares it.
    Same(&'a str),
    /// A tensor of f32, its shape left open.
    Floats(&'a str),
}

fn named<'a>(field: &Field<'a>, name: u64) -> Result<Named<'a>, Malformed> {
    let mut found = Named { whole: field.whole, name: "" };
    for inner in fields(field.content) {
        let inner = inner?;
        if inner.number == name {
            found.name = text(inner.content)?;
        }
    }
    Ok(found)
}

fn node<'a>(field: &Field<'a>) -> Result<Node<'a>, Malformed> {
    let mut node = Node { whole: field.whole, op: "", ..Node::default() };
    for inner in fields(field.content) {
        let inner = inner?;
        match inner.number {
            1 => node.inputs.push(text(inner.content)?),
            2 => node.outputs.push(text(inner.content)?),
            4 => node.op = text(inner.content)?,
            5 => {
                node.attributes.push(inner.content);
                inner_reads(inner.content, &mut node.inputs, 0)?;
            }
            _ => {}
        }
    }
    Ok(node)
}

/// Names that graphs inside an attribute read; those they make themselves do no harm.
fn inner_reads<'a>(attribute: &'a [u8], reads: &mut Vec<&'a str>, depth: usize) -> Result<(), Malformed> {
    if depth > MAX_DEPTH {
        return Err("graphs nested too deeply".into());
    }
    for field in fields(attribute) {
        let field = field?;
        if !matches!(field.number, 6 | 11) {
            continue;
        }
        for part in fields(field.content) {
            let part = part?;
            match part.number {
                1 => inner_node(part.content, reads, depth)?,
                12 => reads.push(named(&part, 1)?.name),
                _ => {}
            }
        }
    }
    Ok(())
}

fn inner_node<'a>(node: &'a [u8], reads: &mut Vec<&'a str>, depth: usize) -> Result<(), Malformed> {
    for field in fields(node) {
        let field = field?;
        match field.number {
            1 => reads.push(text(field.content)?),
            5 => inner_reads(field.content, reads, depth + 1)?,
            _ => {}
        }
    }
    Ok(())
}
