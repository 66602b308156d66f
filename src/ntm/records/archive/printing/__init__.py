"""In ra PDF: Word files that the system wrote, printed in the background, kept by content."""
