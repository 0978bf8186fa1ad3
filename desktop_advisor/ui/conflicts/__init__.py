"""Fields in several versions: overview, comparison, decisions about one or many."""
