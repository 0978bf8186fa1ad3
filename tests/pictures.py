"""Small pictures for tests."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw


def scribble() -> bytes:
    """A PNG that looks like a hurried signature."""
    image = Image.new("RGBA", (480, 160), (255, 255, 255, 0))
    points = [(20 + x * 20, 80 + (40 if x % 2 else -40)) for x in range(22)]
    ImageDraw.Draw(image).line(points, fill=(22, 39, 92, 255), width=5)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
