"""What kind of body a referral went to, told from its name, so that the name can be left out."""

from __future__ import annotations

import re

from desktop_advisor.advice.offers import Offer

HELPDESK = "Helpdesk des Netzwerks"
OTHER = "andere Stelle"
_KINDS = (
    ("Agentur für Arbeit, Jobcenter", ("agentur für arbeit", "arbeitgeberservice", "jobcenter")),
    ("Kammer", (" ihk ", "handwerkskammer", "kammer ", "kammern ")),
    ("Gewerkschaft", (" ig metall ", " igm ", "gewerkschaft", " dgb ")),
    (
        "Hochschule, Forschung",
        ("hochschul", "universität", "fraunhofer", " tu ", " whz ", "forschung"),
    ),
    ("Förderbank, Hausbank", ("bank ", " sab ", " ilb ", " ibb ", " kfw ", "sparkasse")),
    ("Wirtschaftsförderung", ("wirtschaftsförder", " wfbb ", " cwe ", "berlin partner", " saena ")),
    (
        "Bildungsträger, Weiterbildung",
        ("weiterbildung", "qualifizier", "bildung", " bbw ", " bfw "),
    ),
    ("Branchennetzwerk, Zentrum", ("zentrum", " acod ", " amz ", "netzwerk", "cluster", " zefas ")),
)
"""Kind → how its bodies are called; the first that fits counts (our choice, after domain §1).

A blank stands for the end of a word: " sab " is not found in "Sabine".
"""
KINDS = (HELPDESK, *(kind for kind, _ in _KINDS), OTHER)


def recipient_kind(recipient: str, contact: Offer | None) -> str:
    """One of KINDS; OTHER for whatever is not recognised, so that no name ever gets through."""
    if contact is not None and contact.is_helpdesk:
        return HELPDESK
    names = (recipient, contact.title, contact.provider) if contact else (recipient,)
    words_of_names = re.findall(r"\w+", " ".join(names).casefold())
    said = f" {' '.join(words_of_names)} "
    return next((kind for kind, words in _KINDS if any(word in said for word in words)), OTHER)
