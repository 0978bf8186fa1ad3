"""What stands around every screen: the rail at the left, the header above, the key sheet."""
