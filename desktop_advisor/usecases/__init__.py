"""What an advisor does, one verb per function; owns the transaction (design §3)."""
