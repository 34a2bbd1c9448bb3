"""From a signed set to its final file: one PDF/A-3 with evidence page and attachments, under an electronic seal."""
