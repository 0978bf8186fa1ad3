"""Rules, offers and eligibility: what an assessment leads to (design §9)."""
