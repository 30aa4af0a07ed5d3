"""What the office does when its server is killed, its disk is full, its clock goes back, or two people act at once."""
