"""The report for other programs: Word, Excel, JSON."""
