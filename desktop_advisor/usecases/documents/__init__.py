"""The documents of a consultation, all made from what was typed once (domain §6, §9)."""
