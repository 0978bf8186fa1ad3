"""Questionnaires: workbook → XForm and sidecar; text → tree → closure → graph → session."""
