"""Real picture files, sound and hostile, made on the spot."""

import io
import struct
import zlib
from functools import cache
from typing import Any

from PIL import Image, ImageDraw

XMP = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"'
    ' xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"'
    ' photoshop:Credit="Harbour Agency"'
    ' photoshop:DateCreated="2026-11-02T10:11:12+02:00"'
    ' photoshop:Headline="Cranes at dawn">'
    "<dc:creator><rdf:Seq><rdf:li>Ina Brook</rdf:li></rdf:Seq></dc:creator>"
    "<dc:description><rdf:Alt>"
    '<rdf:li xml:lang="x-default">Two cranes over the old quay</rdf:li>'
    '<rdf:li xml:lang="ar-EG">رافعتان فوق الرصيف القديم</rdf:li>'
    "</rdf:Alt></dc:description>"
    '<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© 2026 Harbour Agency</rdf:li>'
    "</rdf:Alt></dc:rights>"
    "<Iptc4xmpCore:AltTextAccessibility><rdf:Alt>"
    '<rdf:li xml:lang="x-default">Two tall cranes against a red sky</rdf:li>'
    "</rdf:Alt></Iptc4xmpCore:AltTextAccessibility>"
    "</rdf:Description></rdf:RDF></x:xmpmeta>"
    '<?xpacket end="w"?>'
).encode()


def drawn(width: int = 1600, height: int = 1000, mode: str = "RGB") -> Image.Image:
    """Return a picture whose left half is dark and whose right half is light."""
    image = Image.new(mode, (width, height), 0)
    half = (width // 2, 0, width, height)
    ImageDraw.Draw(image).rectangle(half, fill="white" if mode != "CMYK" else 0)
    return image


def saved(image: Image.Image, format: str = "JPEG", **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


@cache
def jpeg(width: int = 1600, height: int = 1000, **options: Any) -> bytes:
    return saved(drawn(width, height), **options)


def with_iptc(content: bytes, records: dict[tuple[int, int], bytes]) -> bytes:
    """Put IPTC records into a JPEG, as agencies' software does (APP13)."""
    data = b"".join(
        b"\x1c" + bytes(number) + struct.pack(">H", len(value)) + value
        for number, value in records.items()
    )
    data += b"\0" * (len(data) % 2)
    resource = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(data)) + data
    segment = b"Photoshop 3.0\0" + resource
    marker = b"\xff\xed" + struct.pack(">H", len(segment) + 2) + segment
    return content[:2] + marker + content[2:]


def with_exif(**tags: Any) -> bytes:
    """Return a JPEG with EXIF; `gps` and `taken` go where cameras put them."""
    exif = Image.Exif()
    taken, gps = tags.pop("taken", None), tags.pop("gps", None)
    for tag, value in tags.pop("base", {}).items():
        exif[tag] = value
    if taken:
        exif.get_ifd(0x8769).update(taken)
    if gps:
        exif.get_ifd(0x8825).update(gps)
    return jpeg(exif=exif.tobytes(), **tags)


def png_bomb(width: int = 50_000, height: int = 50_000) -> bytes:
    """Return a few hundred bytes that claim billions of pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        body = name + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 10_000))
        + chunk(b"IEND", b"")
    )


def gif_of_many_frames(frames: int = 300, side: int = 600) -> bytes:
    """Return an animation that is small as a file and large when unpacked."""
    one = saved(Image.new("L", (side, side)), "GIF")
    # What stands between the color table and the closing semicolon is a frame.
    colors = 2 << (one[10] & 0b111) if one[10] & 0x80 else 0
    begin = 13 + 3 * colors
    return one[:begin] + one[begin:-1] * frames + b";"
