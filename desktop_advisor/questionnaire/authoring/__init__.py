"""What content editors need: workbooks in, plain XForm and sidecar out, and a check by row."""
