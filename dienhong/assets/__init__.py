"""What is built when the project is set up: the fonts of others, and the catalogues of our own translations."""
