//! Which operation of an ONNX graph makes a tensor, and which ones read it.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::onnx::Model;

/// A model's operations, and which of them makes and which read each tensor.
pub(super) struct Graph<'a> {
    pub(super) model: &'a Model<'a>,
    pub(super) maker: HashMap<&'a str, usize>,
    pub(super) readers: HashMap<&'a str, Vec<usize>>,
    /// Tensors that depend on an input; the others are constants.
    pub(super) dynamic: HashSet<&'a str>,
}

impl<'a> Graph<'a> {
    pub(super) fn new(model: &'a Model<'a>) -> Self {
        let mut graph =
            Self { model, maker: HashMap::new(), readers: HashMap::new(), dynamic: HashSet::new() };
        for (i, node) in model.nodes.iter().enumerate() {
            graph.maker.extend(node.outputs.iter().map(|&o| (o, i)));
            for &input in node.inputs.iter().filter(|name| !name.is_empty()) {
                graph.readers.entry(input).or_default().push(i);
            }
        }
        let weights: HashSet<&str> = model.initialisers.iter().map(|w| w.name).collect();
        let inputs = model.inputs.iter().map(|i| i.name);
        let inputs: Vec<&str> = inputs.filter(|n| !weights.contains(n)).collect();
        graph.dynamic = graph.after(&inputs);
        graph
    }

    /// Outputs of the operations of one kind.
    pub(super) fn made_by(&self, op: &str) -> Vec<&'a str> {
        let nodes = self.model.nodes.iter().filter(|n| n.op == op);
        nodes.filter_map(|n| n.outputs.first().copied()).collect()
    }

    /// These tensors and all that depend on them.
    pub(super) fn after(&self, names: &[&'a str]) -> HashSet<&'a str> {
        let mut seen: HashSet<&str> = names.iter().copied().collect();
        let mut open: Vec<&str> = names.to_vec();
        while let Some(name) = open.pop() {
            for &reader in self.readers.get(name).into_iter().flatten() {
                let outputs = self.model.nodes[reader].outputs.iter().copied();
                open.extend(outputs.filter(|o| seen.insert(o)));
            }
        }
        seen
    }

    /// The operations that these tensors need, not looking behind `stop`.
    pub(super) fn before<'s>(
        &self,
        names: &[&str],
        stop: impl IntoIterator<Item = &'s str>,
    ) -> HashSet<usize> {
        let stop: HashSet<&str> = stop.into_iter().collect();
        let mut seen = HashSet::new();
        let mut open: Vec<&str> = names.to_vec();
        while let Some(name) = open.pop() {
            if stop.contains(name) {
                continue;
            }
            if let Some(&maker) = self.maker.get(name).filter(|&&i| seen.insert(i)) {
                open.extend(self.model.nodes[maker].inputs.iter().copied());
            }
        }
        seen
    }

    /// The operations that read any of these tensors, in the graph's order.
    pub(super) fn reading(&self, names: &HashSet<&str>) -> BTreeSet<usize> {
        let nodes = self.model.nodes.iter().enumerate();
        nodes.filter(|(_, n)| n.inputs.iter().any(|i| names.contains(i))).map(|(i, _)| i).collect()
    }

    /// What those who read these tensors read beside them, constants aside, in the graph's order.
    pub(super) fn crossing(&self, sound: &HashSet<&str>) -> Vec<&'a str> {
        let mut seen = HashSet::new();
        (self.model.nodes.iter())
            .filter(|n| n.inputs.iter().any(|i| sound.contains(i)))
            .flat_map(|n| n.inputs.iter().copied())
            .filter(|i| self.dynamic.contains(i) && !sound.contains(i) && seen.insert(*i))
            .collect()
    }
}
