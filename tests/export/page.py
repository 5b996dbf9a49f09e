"""An HTML file as a tree, read by the standard library. Refuses tags that do not match."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from bot.export import FORMATS, Report

VOID = {"meta", "br", "img"}


@dataclass
class Node:
    """An element; children are nodes and texts."""

    tag: str
    attributes: dict[str, str]
    children: list["Node | str"] = field(default_factory=list)

    def all(self) -> Iterator["Node"]:
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.all()

    def find(self, tag: str, class_: str = "") -> list["Node"]:
        classes = [(node, node.attributes.get("class", "").split()) for node in self.all()]
        return [node for node, names in classes if node.tag == tag and (not class_ or class_ in names)]

    @property
    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    @property
    def words(self) -> str:
        return " ".join(self.text.split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Node("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs), attrs
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read(page: bytes) -> Node:
    """The root of a page; its only element child is html."""
    reader = _Reader()
    reader.feed(page.decode("utf-8"))
    reader.close()
    assert len(reader.open) == 1
    (root,) = reader.open[0].find("html")
    return root


def page(report: Report) -> Node:
    return read(FORMATS["html"].render(report))


def one(nodes: list[Node]) -> Node:
    (node,) = nodes
    return node


def facts(root: Node, class_: str = "facts") -> dict[str, str]:
    pairs: dict[str, str] = {}
    for group in root.find("dl", class_):
        pairs |= {dt.words: dd.words for dt, dd in zip(group.find("dt"), group.find("dd"), strict=True)}
    return pairs


def article(root: Node, clause: str) -> Node:
    return one([node for node in root.find("article") if clause_of(node) == clause])


def clause_of(shown: Node) -> str:
    """The clause number in the heading of a question."""
    return one(shown.find("h5")).find("b")[0].words


def title(node: Node) -> str:
    """Its first heading below those of chapters, '' where it has none."""
    found = [one_ for one_ in node.all() if one_.tag in {"h3", "h4", "h5"}]
    return found[0].words if found else ""
