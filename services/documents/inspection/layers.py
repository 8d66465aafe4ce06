"""Layers of a PDF: which are not shown when it is opened, and how a copy is told (ISO 32000-2, 8.11)."""

from pikepdf import Array, Dictionary, Name, Object, Pdf


def switched_off(source: Pdf) -> set[tuple[int, int]]:
    """The layers that are not shown when the document is opened, each as `number_of` its object."""
    layers = source.Root.get("/OCProperties")
    if not isinstance(layers, Dictionary) or not isinstance(shown := layers.get("/D"), Dictionary):
        return set()
    off = {number_of(each) for each in each_of(shown.get("/OFF"))}
    if shown.get("/BaseState") == Name.OFF:
        off |= {number_of(each) for each in each_of(layers.get("/OCGs"))} - {
            number_of(each) for each in each_of(shown.get("/ON"))
        }
    return off - {(0, 0)}


def keep_layers(source: Pdf, clean: Pdf) -> None:
    """Say of each layer whether it is shown; without that all are."""
    layers = source.Root.get("/OCProperties")
    if not isinstance(layers, Dictionary) or not isinstance(layers.get("/D"), Dictionary) or "/OCGs" not in layers:
        return
    shown = {key: layers.D[key] for key in ("/BaseState", "/ON", "/OFF", "/AS") if key in layers.D}
    clean.Root.OCProperties = clean.copy_foreign(
        source.make_indirect(Dictionary({"/OCGs": layers.OCGs, "/D": Dictionary(shown)}))
    )


def each_of(array: object) -> list[Object]:
    """What an array holds; nothing where there is none."""
    return list(array) if isinstance(array, Array) else []


def number_of(thing: object) -> tuple[int, int]:
    """An object's number and generation; zeros for one that has none."""
    return thing.objgen if isinstance(thing, Object) else (0, 0)
