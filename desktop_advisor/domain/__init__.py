"""Plain values and rules of the consultation; standard library only."""
