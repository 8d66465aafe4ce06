from collections.abc import Sequence

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFDocument, PDFName, PDFObject, PDFString

# A way down the tree: (("Table", 0), ("TR", 3)) is row 3 of table 0 of the document.
Path = Sequence[tuple[str, int]]


class Tags:
    """Collects what is marked while pages are drawn and writes the structure tree that screen readers follow.

    ISO 32000-1, 14.7 and 14.8: content is numbered anew on each page. reportlab's canvas has no tagging of its own; its
    catalogue takes the finished tree.
    """

    def __init__(self, document: PDFDocument) -> None:
        self._document = document
        self._root = PDFDictionary({"Type": PDFName("StructTreeRoot")})
        self._groups: dict[tuple[tuple[str, int], ...], PDFDictionary] = {}
        self._children: dict[int, list[PDFObject]] = {}
        self._pages: list[list[PDFObject]] = [[]]
        self._top = self._element("Document", self._root)

    def mark(self, kind: str, alt: str, within: Path) -> int:
        """Add an element for the next marked content and return that content's number."""
        element = self._element(kind, self._group(tuple(within)))
        number = len(self._pages[-1])
        element.dict["K"] = number
        element.dict["Pg"] = self._document.thisPageRef()
        if alt:
            element.dict["Alt"] = PDFString(alt)
        if kind == "TH":
            element.dict["A"] = PDFDictionary({"O": PDFName("Table"), "Scope": PDFName("Row")})
        self._pages[-1].append(self._document.Reference(element))
        return number

    def next_page(self) -> None:
        """Number what is marked from now on as of another page."""
        self._pages.append([])

    def finish(self) -> None:
        """Hang the tree into the catalogue; call it after the last page."""
        for element, children in ((self._top, self._top), *((group, group) for group in self._groups.values())):
            element.dict["K"] = PDFArray(self._children[id(children)])
        for number, drawn in enumerate(self._document.Pages.pages):
            drawn.__NoDefault__ = [*drawn.__NoDefault__, "StructParents", "Tabs"]
            drawn.StructParents, drawn.Tabs = number, PDFName("S")
        places = [part for number, marked in enumerate(self._pages) for part in (number, PDFArray(marked))]
        tree = {
            "K": PDFArray([self._document.Reference(self._top)]),
            "ParentTree": self._document.Reference(PDFDictionary({"Nums": PDFArray(places)})),
            "ParentTreeNextKey": len(self._pages),
        }
        self._root.dict.update(tree)
        self._document.Catalog.StructTreeRoot = self._root
        self._document.Catalog.MarkInfo = PDFDictionary({"Marked": "true"})

    def _group(self, within: tuple[tuple[str, int], ...]) -> PDFDictionary:
        if not within:
            return self._top
        if within not in self._groups:
            self._groups[within] = self._element(within[-1][0], self._group(within[:-1]))
        return self._groups[within]

    def _element(self, kind: str, parent: PDFDictionary) -> PDFDictionary:
        above = self._document.Reference(parent)
        element = PDFDictionary({"Type": PDFName("StructElem"), "S": PDFName(kind), "P": above})
        self._children.setdefault(id(parent), []).append(self._document.Reference(element))
        return element
