"""One complete visit with the real parts: use cases, window, report, server, second laptop."""
