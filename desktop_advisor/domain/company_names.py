"""Names of enterprises as a comparison sees them: without legal form, umlauts and order of words.

Near-equal is explained in one sentence: the same but for one letter, or two neighbours swapped.
"""

from __future__ import annotations

import re
from functools import lru_cache

from desktop_advisor.domain.folding import folded

_FORMS = re.compile(
    r" (gmbh( und)?( co kg)?|mbh|ggmbh|ag( und)? co kg|ag|kgaa|kg|ohg|ug|haftungsbeschrankt|gbr|ek"
    r"|eg|ev|se|co|e k|e g|e v|e kfm|e kfr|ekfm|ekfr|partg|stiftung|anstalt des offentlichen rechts"
    r"|gesellschaft mit beschrankter haftung|aktiengesellschaft|kommanditgesellschaft"
    r"|offene handelsgesellschaft|und|inh|inhaber|firma)(?= )"
)
"""Folded words that say how an enterprise is organised, not which one it is."""
SHORTEST_NEAR = 6
"""Our choice: of shorter names one letter is too much; Horn and Korn are two firms."""


@lru_cache(maxsize=16384)
def name_key(name: str) -> str:
    """The letters that tell an enterprise, its words in alphabetical order; "" for none."""
    flat = folded(name)
    bare = flat
    while (shorter := _FORMS.sub("", bare)) != bare:
        bare = shorter
    return "".join(sorted((bare.strip() or flat.strip()).split()))


def near_keys(key: str) -> set[str]:
    """Keys that two names share when they differ in one letter: itself, and one letter left out."""
    if len(key) < SHORTEST_NEAR:
        return {key}
    return {key, *(key[:at] + key[at + 1 :] for at in range(len(key)))}
