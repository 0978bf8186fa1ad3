"""The draft edited on its pages: passages, own paragraphs and photos, chapters left out."""
