"""Company files that may be one company: told apart or joined, and what is joined shown."""
