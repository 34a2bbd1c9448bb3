"""One tree of structure (headings, paragraphs, tables) for pages that come from several PDFs.

Readers who listen, and programs that read tables, go by it. Pages name their elements by number, so the numbers of each
further PDF move up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pikepdf import Array, Dictionary, Name, NumberTree, Object, Pdf


def merge(whole: Pdf, sources: Sequence[Pdf]) -> None:
    """``whole`` has the pages of ``sources``, copied in this order and nothing else of them yet."""
    if not all("/StructTreeRoot" in source.Root for source in sources):
        return
    root = whole.make_indirect(Dictionary(Type=Name.StructTreeRoot, RoleMap=Dictionary()))
    document = whole.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root, K=Array()))
    root.K = Array([document])
    tree = NumberTree.new(whole)
    start = used = 0
    for source in sources:
        pages = [page.obj for page in whole.pages[start : start + len(source.pages)]]
        start += len(source.pages)
        copied = whole.copy_foreign(source.Root.StructTreeRoot)
        for child in copied.K:
            child.P, child.S = document, Name.Part
            document.K.append(child)
        for role, standard in copied.get("/RoleMap", Dictionary()).items():
            root.RoleMap[role] = standard
        base = used
        for key, elements in NumberTree(copied.ParentTree).items():
            tree[base + key] = elements
            used = max(used, base + key + 1)
        for holder in _numbered(pages):
            _move_up(holder, base)
    root.ParentTree = tree.obj
    root.ParentTreeNextKey = used
    whole.Root.StructTreeRoot = root
    whole.Root.MarkInfo = Dictionary(Marked=True)


def _numbered(pages: Sequence[Object]) -> Iterator[Object]:
    for page in pages:
        yield page
        yield from page.get("/Annots", Array())


def _move_up(holder: Object, base: int) -> None:
    for key in ("/StructParents", "/StructParent"):
        if key in holder:
            holder[key] = int(holder[key]) + base
