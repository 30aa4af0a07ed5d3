"""What `./run`, `./test` and the making of the locks are made of. Standard library only."""
