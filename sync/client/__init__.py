"""The laptop's end of the sync; a run reads as its list of phases."""
