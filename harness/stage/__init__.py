"""What scenarios do and see: a conversation with a system, what is drawn for it, its words, and the chapters."""
