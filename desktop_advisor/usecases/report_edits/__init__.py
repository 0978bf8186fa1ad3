"""What the advisor does to the generated report: passages, chapters, own paragraphs and photos."""
