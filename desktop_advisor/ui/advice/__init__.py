"""Empfehlungen und Maßnahmenplan: what follows from the answers and who does it by when."""
