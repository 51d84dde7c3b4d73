"""Pages as a scanner gives them: pictures at 200 dpi, straight, askew or noisy, in a PDF without text."""

import zlib
from collections.abc import Callable, Sequence
from typing import Any

import hostile
import numpy as np

DPI = 200
Picture = Any  # grey, height × width, 0 black … 255 white


def pictures(pdf: bytes) -> list[Picture]:
    """The pages of a PDF as they would be scanned."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        drawn = [page.render(scale=DPI / 72, grayscale=True).to_numpy() for page in document]
        return [np.array(picture[:, :, 0] if picture.ndim == 3 else picture) for picture in drawn]


def askew(picture: Picture, degrees: float = 1.0) -> Picture:
    from PIL import Image  # comes with the ``ocr`` extra

    turned = Image.fromarray(picture).rotate(degrees, Image.Resampling.BICUBIC, fillcolor=255)
    return np.array(turned)


def noisy(picture: Picture, seed: int = 0) -> Picture:
    """Grey noise (standard deviation 30 of 255) over the page, and one point in 200 black or white."""
    chance = np.random.default_rng(seed)
    grey = picture + chance.normal(0, 30, picture.shape)
    points = chance.random(picture.shape)
    grey[points < 0.0025], grey[points > 0.9975] = 0, 255
    return grey.clip(0, 255).astype(np.uint8)


KINDS: dict[str, Callable[[Picture], Picture]] = {
    "clean": lambda picture: picture,
    "rotated by one degree": askew,
    "with noise": noisy,
}


def as_pdf(pages: Sequence[Picture]) -> bytes:
    """A PDF of A4 pages that are grey pictures."""
    kids = " ".join(f"{3 * number} 0 R" for number in range(1, len(pages) + 1))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
    ]
    for number, page in enumerate(pages, 1):
        inner = f"/Contents {3 * number + 1} 0 R /Resources << /XObject << /I {3 * number + 2} 0 R >> >>"
        height, width = page.shape
        size = f"/Width {width} /Height {height} /ColorSpace /DeviceGray /BitsPerComponent 8"
        image = hostile.stream(zlib.compress(page.tobytes(), 1))
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {inner} >>".encode(),
            hostile.stream(b"q 595 0 0 842 0 0 cm /I Do Q", filters=""),
            image.replace(b"<< ", f"<< /Type /XObject /Subtype /Image {size} ".encode(), 1),
        ]
    return hostile.pdf(*objects)
