"""The preview for content editors: a workbook's interview, which follows the file."""
