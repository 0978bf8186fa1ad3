"""One file per kind of finding; each has `find(outline, …)` that yields findings."""
