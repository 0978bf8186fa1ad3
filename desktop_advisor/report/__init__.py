"""What is on the page of a consultation report, how it is drawn and shown."""
