"""Prioritäten: Soll against Ist, relevance, exposure, and the order they lead to."""
