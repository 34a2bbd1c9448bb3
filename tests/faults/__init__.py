"""What goes wrong: two at once, processes killed in the middle, altered archives, full disks, hostile text."""
