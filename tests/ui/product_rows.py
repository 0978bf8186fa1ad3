"""A foundry's product list, as an interview stores it."""

from __future__ import annotations

FOUNDRY_ROWS = (
    {
        "product_name": "Zylinderköpfe",
        "product_share": "52",
        "product_heads": "58",
        "product_cati": "5",
        "product_eop": "2029",
        "product_followon": "no",
        "product_margin": "low",
    },
    {
        "product_name": "Turboladergehäuse",
        "product_share": "13.5",
        "product_heads": "17",
        "product_cati": "4",
        "product_eop": "2031",
        "product_followon": "unknown",
        "product_margin": "medium",
    },
    {
        "product_name": "Achsträger und Querlenker",
        "product_share": "14",
        "product_heads": "16",
        "product_cati": "3",
        "product_eop": "2030",
        "product_followon": "yes",
        "product_margin": "medium",
    },
    {
        "product_name": "Batteriehalter",
        "product_share": "9.5",
        "product_heads": "8",
        "product_cati": "0",
        "product_margin": "high",
    },
    {"product_name": "Lohnguss für Maschinenbau", "product_share": "5", "product_heads": "5"},
)
"""94 % of the turnover; one row without a drive group."""
