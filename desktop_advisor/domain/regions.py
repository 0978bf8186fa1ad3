"""Counties the networks serve, by the first five digits of the AGS (domain §7)."""

from __future__ import annotations

COUNTIES = {
    "14511": "Chemnitz, Stadt",
    "14521": "Erzgebirgskreis",
    "14522": "Mittelsachsen",
    "14523": "Vogtlandkreis",
    "14524": "Zwickau",
    "14612": "Dresden, Stadt",
    "14625": "Bautzen",
    "14626": "Görlitz",
    "14627": "Meißen",
    "14628": "Sächsische Schweiz-Osterzgebirge",
    "14713": "Leipzig, Stadt",
    "14729": "Leipzig, Landkreis",
    "14730": "Nordsachsen",
    "11000": "Berlin",
    "12051": "Brandenburg an der Havel",
    "12052": "Cottbus",
    "12053": "Frankfurt (Oder)",
    "12054": "Potsdam",
    "12060": "Barnim",
    "12061": "Dahme-Spreewald",
    "12062": "Elbe-Elster",
    "12063": "Havelland",
    "12064": "Märkisch-Oderland",
    "12065": "Oberhavel",
    "12066": "Oberspreewald-Lausitz",
    "12067": "Oder-Spree",
    "12068": "Ostprignitz-Ruppin",
    "12069": "Potsdam-Mittelmark",
    "12070": "Prignitz",
    "12071": "Spree-Neiße",
    "12072": "Teltow-Fläming",
    "12073": "Uckermark",
}


def county_name(ags: str) -> str:
    """The county of an AGS of 5 or 8 digits; "" where it is outside the networks or not given."""
    return COUNTIES.get(ags[:5], "")
