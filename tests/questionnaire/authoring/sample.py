"""A small questionnaire without a fault; tests break it on purpose."""

from __future__ import annotations

from pathlib import Path

LEVELS = "".join(
    f"|  | l_q1 | {n} | Stufe {n} | Level {n} |\n|  | l_q2 | {n} | Grad {n} | Grade {n} |\n"
    for n in range(6)
)
SOUND = f"""
| survey |
|  | type | name | label::Deutsch (de) | label::English (en) | relevant | calculation | constraint | choice_filter | score_dimension | score_role | score_factor | score_weight | weight_reason | critical | core | perspective |
|  | begin_group | company | Unternehmen | Company |  |  |  |  |  |  |  |  |  |  |  |  |
|  | integer | heads | Köpfe | Heads |  |  | . >= 0 |  |  |  |  |  |  |  |  |  |
|  | select_one yes_no | has_works_council | Betriebsrat? | Works council? |  |  |  |  |  |  |  |  |  |  |  |  |
|  | end_group |  |  |  |  |  |  |  |  |  |  |  |  |  |  |  |
|  | calculate | double |  |  |  | ${{heads}} * 2 |  |  |  |  |  |  |  |  |  |  |
|  | select_one l_q1 | q1 | Strategie?<br>Und wie? | Strategy? |  |  |  |  | D01 |  |  | 2 | weil | yes | yes | gf br |
|  | select_one l_q2 | q2 | Kunden? | Customers? | ${{has_works_council}} = 'yes' and ${{heads}} >= 5 |  |  |  | D01 |  |  |  |  |  |  |  |
|  | select_one l_s | s_imp | Wichtig? | Important? |  |  |  |  | D12 | importance | space |  |  |  | yes |  |
|  | select_one l_s | s_sat | Zufrieden? | Satisfied? |  |  |  |  | D12 | satisfaction | space |  |  |  | yes |  |

| choices |
|  | list_name | name | label::Deutsch (de) | label::English (en) |
|  | yes_no | yes | Ja | Yes |
|  | yes_no | no | Nein | No |
{LEVELS}|  | l_s | 1 | gering | low |
|  | l_s | 2 | eher gering | rather low |
|  | l_s | 3 | mittel | medium |
|  | l_s | 4 | eher hoch | rather high |
|  | l_s | 5 | hoch | high |

| settings |
|  | form_title | form_title::English (en) | form_id | version | default_language |
|  | Probe | Sample | probe | 1 | Deutsch (de) |

| dimensions |
|  | code | kind | label::Deutsch (de) | label::English (en) | short::Deutsch (de) | short::English (en) |
|  | D01 | R | Geschäftsfelder | Business fields | Geschäft | Business |
|  | D12 | S | Standort | Location | Standort | Location |

| recommendations |
|  | name | dimension | relevant | audience | growth | title::Deutsch (de) | title::English (en) | text::Deutsch (de) | text::English (en) | steps::Deutsch (de) | steps::English (en) | offers | owner::Deutsch (de) | owner::English (en) | effort::Deutsch (de) | effort::English (en) | metric::Deutsch (de) | metric::English (en) |
|  | strategy | D01 | ${{q1}} <= 1 and ${{score_d01}} < 2 | company | yes | Strategie | Strategy | Tun Sie es. | Do it. | Erst; dann; zuletzt | First; then; at last | rkw amz | Leitung | Management | 1 Tag | 1 day | Papier | Paper |
|  | council | D01 | ${{br_q1}} = 'dk' or ${{has_works_council}} = 'no' | employees |  | Reden | Talk | Reden Sie. | Talk. | Fragen; hören; antworten | Ask; listen; answer |  | Beide Seiten | Both sides | 2 Stunden | 2 hours | Gespräche | Talks |
"""  # noqa: E501


def written(folder: Path, *changes: tuple[str, str], name: str = "form.md") -> Path:
    """The sound workbook with replacements, as a file; each must apply exactly once."""
    text = SOUND
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times"
        text = text.replace(old, new)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


RICH = """
| survey |
|  | type | name | label | relevant | calculation | constraint | choice_filter | default | repeat_count | appearance | trigger | required | parameters |
|  | start | start |  |  |  |  |  |  |  |  |  |  |  |
|  | note |  | Hello ${last-saved#age} |  |  |  |  |  |  |  |  |  |  |
|  | integer | age | Age |  |  | . > 0 and . < 130 |  | ${last-saved#age} |  |  |  | yes |  |
|  | select_one town or_other | town | Town | ${age} > 3 |  |  |  |  |  |  |  | ${age} > 20 |  |
|  | select_one street | street | Street | selected(${town}, 'other') or ${town} = 'a' |  |  | town = ${town} and street_kind = 'x' |  |  | minimal |  |  |  |
|  | select_multiple street | streets | Streets |  |  | count-selected(.) < 3 and not(selected(., 's1') and selected(., 's2')) |  |  |  |  |  |  | randomize=true |
|  | select_one_from_file pets.csv | pet | Pet |  |  |  |  |  |  |  |  |  |  |
|  | rank street | order | Order |  |  |  |  |  |  |  |  |  |  |
|  | range | level | Level |  |  |  |  |  |  |  |  |  | start=0 end=5 step=1 |
|  | begin repeat | child | Child |  |  |  |  |  | ${age} - 1 |  |  |  |  |
|  | text | first | First name |  |  |  |  | concat('a', position(..)) |  |  |  |  |  |
|  | calculate | before |  |  | if(position(..) > 1, indexed-repeat(${first}, ${child}, position(..) - 1), '') |  |  |  |  |  |  |  |  |
|  | end repeat |  |  |  |  |  |  |  |  |  |  |  |  |
|  | calculate | total |  |  | count(${child}) + sum(${level}) |  |  |  |  |  |  |  |  |
|  | calculate | named |  |  | jr:choice-name(${town}, '${town}') |  |  |  |  |  |  |  |  |
|  | calculate | unique |  |  | once(uuid()) |  |  |  |  |  |  |  |  |
|  | calculate | looked |  |  | instance('town')/root/item[name = current()/../age]/label |  |  |  |  |  |  |  |  |
|  | begin group | grid | Grid | ${total} > 1 |  |  |  |  |  | table-list |  |  |  |
|  | select_one yn | g1 | Row 1 |  |  |  |  |  |  |  |  |  |  |
|  | select_one yn | g2 | Row 2 |  |  |  |  |  |  |  |  |  |  |
|  | end group |  |  |  |  |  |  |  |  |  |  |  |  |
|  | date | day | Day |  | now() |  |  | today() |  |  | ${age} |  |  |
| choices |
|  | list_name | name | label | town | street_kind |
|  | town | a | A |  |  |
|  | town | b | B |  |  |
|  | street | s1 | S1 | a | x |
|  | street | s2 | S2 | b | x |
|  | yn | 1 | Yes |  |  |
|  | yn | 0 | No |  |  |
"""  # noqa: E501
"""A plain ODK form with much of what the standard allows."""
