"""Before the window: first start and unlocking."""
