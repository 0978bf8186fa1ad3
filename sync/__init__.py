"""Change exchange between laptops and the central server; knows nothing of desktop_advisor."""
