"""A document on the screen: its pages, thumbnails, search in it."""
