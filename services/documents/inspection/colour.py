from statistics import median

from PIL import Image, ImageChops, ImageFilter, ImageOps, ImageStat

from services.documents.inspection.model import RefusedError
from services.kernel.documents import FileFault, FileFlag

# One range of hue, saturation and value (each 0-255, both ends counted; a hue range may wrap through 0).
Band = tuple[tuple[int, int], tuple[int, int], tuple[int, int]]

BLUE: Band = ((131, 187), (64, 255), (40, 255))  # hue 185-265 degrees, saturation >= .25, value >= .16
OTHER: Band = ((199, 113), (89, 255), (51, 255))  # hue outside 160-280 degrees, saturation >= .35, value >= .20
CYAN: Band = ((117, 187), (26, 255), (60, 255))  # the body of a KTP, hue 165-265 degrees

# Measured: 7 blues and 8 other backgrounds under 12 conditions each; scans, photocopies and desk photos of cards.
_BLUE_ENOUGH = 0.50
_BLUE_NONE = 0.10
_OTHER_CERTAIN = 0.60
_CHROMA_LEAST = 3.0
_CYAN_ENOUGH = 0.15
_SHARP_KTP = 120.0
_SHARP_PORTRAIT = 35.0
_LAPLACE = ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=128)


def look_at_ktp(image: Image.Image) -> tuple[FileFlag, ...]:
    """Return what is doubtful about the picture of a KTP.

    Raises:
        RefusedError: BLACK_AND_WHITE, only where there is no colour at all; a yellowed or badly lit one passes.
    """
    small = _thumbnail(image, 256)
    width, height = small.size
    centre = small.crop((width // 10, height // 10, width - width // 10, height - height // 10))
    _, *chroma = centre.convert("YCbCr").split()
    # The spread of chroma, not its mean: an even cast of yellow paper or lamp light is no colour of the card.
    spread = sum(ImageStat.Stat(channel).stddev[0] for channel in chroma)
    if spread < _CHROMA_LEAST:
        raise RefusedError(FileFault.BLACK_AND_WHITE, colour=int(spread * 10), colour_limit=int(_CHROMA_LEAST * 10))
    doubtful = (FileFlag.KTP_COLOUR_UNCERTAIN,) if _share(centre, CYAN) < _CYAN_ENOUGH else ()
    return (*doubtful, *_blurred(image, _SHARP_KTP))


def look_at_portrait(image: Image.Image) -> tuple[FileFlag, ...]:
    """Return what is doubtful about a portrait: a background that is not blue is a hint, never a refusal."""
    zones = _zones(_thumbnail(image, 200))
    blue = median(_share(zone, BLUE) for zone in zones)
    other = median(_share(zone, OTHER) for zone in zones)
    background: tuple[FileFlag, ...] = (FileFlag.BACKGROUND_UNCERTAIN,)
    if blue >= _BLUE_ENOUGH:
        background = ()
    elif blue < _BLUE_NONE and other >= _OTHER_CERTAIN:
        background = (FileFlag.BACKGROUND_NOT_BLUE,)
    return (*background, *_blurred(image, _SHARP_PORTRAIT))


def _zones(image: Image.Image) -> tuple[Image.Image, ...]:
    """Cut the strips above and beside the head; of three, the median bears long hair or one shadowed side."""
    width, height = image.size
    side, low = max(2, width // 10), max(2, height * 55 // 100)
    boxes = (0, 0, width, max(2, height * 8 // 100)), (0, 0, side, low), (width - side, 0, width, low)
    return tuple(image.crop(box) for box in boxes)


def _share(image: Image.Image, band: Band) -> float:
    """Return the part of the pixels that lie in the band, 0 to 1."""
    mask = Image.new("L", image.size, 255)
    for channel, (low, high) in zip(image.convert("HSV").split(), band, strict=True):
        inside = [255 if _within(value, low, high) else 0 for value in range(256)]
        mask = ImageChops.darker(mask, channel.point(inside))
    return mask.histogram()[255] / (image.width * image.height)


def _within(value: int, low: int, high: int) -> bool:
    return low <= value <= high if low <= high else value >= low or value <= high


def _blurred(image: Image.Image, least: float) -> tuple[FileFlag, ...]:
    """Flag a picture whose edges (variance of the Laplacian at 1000 pixels) are weaker than `least`."""
    grey = ImageOps.autocontrast(_thumbnail(image, 1000).convert("L"), cutoff=1)
    edges = ImageStat.Stat(grey.filter(_LAPLACE)).var[0]
    return (FileFlag.BLURRED,) if edges < least else ()


def _thumbnail(image: Image.Image, side: int) -> Image.Image:
    small = image.convert("RGB")
    small.thumbnail((side, side))
    return small
