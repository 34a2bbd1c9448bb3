"""From a Word file to pictures of its pages: a warm LibreOffice in a process of its own, pinned fonts, no network."""
