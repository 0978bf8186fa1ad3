"""What a document says about itself, as XMP and, equal to it, as document information.

XMP is written as text: the packet has one shape, and PDF/A checks each of its words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

PRODUCER = "Desktop Advisor"


@dataclass(frozen=True)
class About:
    """Title, author, subject ("" for none), language as in BCP 47; the day counts from midnight."""

    title: str
    author: str
    made_on: date
    subject: str = ""
    language: str = "de-DE"

    @property
    def info(self) -> dict[str, str]:
        """The entries of the document information (ISO 32000-1, 14.3.3)."""
        stamp = f"D:{self.made_on:%Y%m%d}000000Z"
        said = {"Title": self.title, "Author": self.author, "Subject": self.subject}
        return {
            **{key: plain(words) for key, words in said.items() if plain(words)},
            "Creator": PRODUCER,
            "Producer": PRODUCER,
            "CreationDate": stamp,
            "ModDate": stamp,
        }


def plain(words: str) -> str:
    """One line that XML and every viewer can show."""
    return "".join(c for c in words if c.isprintable()).strip()


def xmp_packet(about: About) -> bytes:
    """The metadata of a PDF/A-3a and PDF/UA-1 (ISO 19005-3, 6.6; ISO 14289-1, 5)."""
    info, stamp = about.info, f"{about.made_on:%Y-%m-%d}T00:00:00Z"
    parts = [
        _alternative("title", info.get("Title", "")),
        _alternative("description", info.get("Subject", "")),
        _list("creator", "Seq", info.get("Author", "")),
        _list("language", "Bag", about.language),
    ]
    simple = {
        "dc:format": "application/pdf",
        "pdf:Producer": PRODUCER,
        "xmp:CreatorTool": PRODUCER,
        "xmp:CreateDate": stamp,
        "xmp:ModifyDate": stamp,
        "xmp:MetadataDate": stamp,
        "pdfaid:part": "3",
        "pdfaid:conformance": "A",
        "pdfuaid:part": "1",
    }
    parts += [f"<{name}>{escape(value)}</{name}>" for name, value in simple.items()]
    return _PACKET.format(properties="\n".join(p for p in parts if p)).encode()


def _alternative(name: str, words: str) -> str:
    if not words:
        return ""
    item = f'<rdf:li xml:lang="x-default">{escape(words)}</rdf:li>'
    return f"<dc:{name}><rdf:Alt>{item}</rdf:Alt></dc:{name}>"


def _list(name: str, kind: str, words: str) -> str:
    if not words:
        return ""
    return f"<dc:{name}><rdf:{kind}><rdf:li>{escape(words)}</rdf:li></rdf:{kind}></dc:{name}>"


_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas>
<rdf:Bag>
<rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property>
<rdf:Seq>
<rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 the document conforms to</pdfaProperty:description>
</rdf:li>
</rdf:Seq>
</pdfaSchema:property>
</rdf:li>
</rdf:Bag>
</pdfaExtension:schemas>
</rdf:Description>
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
{properties}
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""
