//! A document that is being parsed, and what that costs.
//!
//! Whatever a parser does beyond reading its input once, it looks through the open elements or makes
//! some again, and asks the tree for each: so the questions are counted.

use std::borrow::Cow;
use std::cell::{Cell, Ref};

use ego_tree::NodeId;
use html5ever::tendril::StrTendril;
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, QualName};
use scraper::{Html, HtmlTreeSink, Node};

/// Deepest nesting.
pub(super) const MAX_DEPTH: usize = 256;

/// A document's tree, with a count of the work done on it.
pub(super) struct Meter {
    tree: HtmlTreeSink,
    pub(super) work: Cell<usize>,
    pub(super) elements: Cell<usize>,
    /// How deep the last node went.
    pub(super) depth: Cell<usize>,
    /// Attributes put on an element later: each is looked for among them.
    added: Cell<usize>,
}

impl Meter {
    pub(super) fn new() -> Self {
        let tree = HtmlTreeSink::new(Html::new_document());
        Self { tree, work: Cell::new(0), elements: Cell::new(0), depth: Cell::new(0), added: Cell::new(0) }
    }

    fn count(&self, work: usize) {
        self.work.set(self.work.get().saturating_add(work));
    }

    /// A formatting element is compared, attributes and all, with those around it
    /// (HTML §13.2.4.3), and what is read later is looked at with all that it stands in.
    fn place(&self, parent: NodeId, child: &NodeOrText<NodeId>) {
        let NodeOrText::AppendNode(child) = child else {
            return;
        };
        let html = self.tree.0.borrow();
        let attributes = html.tree.get(*child).and_then(|node| match node.value() {
            Node::Element(element) => Some(element.attrs.len()),
            _ => None,
        });
        let depth = html.tree.get(parent).map_or(0, |node| node.ancestors().take(MAX_DEPTH + 1).count());
        self.depth.set(self.depth.get().max(depth));
        self.count(depth * (attributes.unwrap_or_default() + 1));
    }
}

impl TreeSink for Meter {
    type Output = Html;
    type Handle = NodeId;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Html {
        self.tree.finish()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        self.tree.get_document()
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Ref<'a, QualName> {
        self.count(1);
        self.tree.elem_name(target)
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, flags: ElementFlags) -> NodeId {
        self.count(attributes.len());
        self.elements.set(self.elements.get() + 1);
        self.tree.create_element(name, attributes, flags)
    }

    fn create_comment(&self, text: StrTendril) -> NodeId {
        self.tree.create_comment(text)
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> NodeId {
        self.tree.create_pi(target, data)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        self.place(*parent, &child);
        self.tree.append(parent, child);
    }

    fn append_based_on_parent_node(&self, element: &NodeId, before: &NodeId, child: NodeOrText<NodeId>) {
        self.place(*element, &child);
        self.tree.append_based_on_parent_node(element, before, child);
    }

    fn append_doctype_to_document(&self, name: StrTendril, public: StrTendril, system: StrTendril) {
        self.tree.append_doctype_to_document(name, public, system);
    }

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        self.tree.get_template_contents(target)
    }

    fn same_node(&self, a: &NodeId, b: &NodeId) -> bool {
        self.count(1);
        self.tree.same_node(a, b)
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.tree.set_quirks_mode(mode);
    }

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        self.place(*sibling, &child);
        self.tree.append_before_sibling(sibling, child);
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attributes: Vec<Attribute>) {
        self.added.set(self.added.get() + attributes.len());
        self.count(self.added.get() * attributes.len());
        self.tree.add_attrs_if_missing(target, attributes);
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.tree.remove_from_parent(target);
    }

    fn reparent_children(&self, node: &NodeId, parent: &NodeId) {
        self.tree.reparent_children(node, parent);
    }
}
