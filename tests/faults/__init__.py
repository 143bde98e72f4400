"""What is done to the whole installation, over real HTTP on this machine's own loopback."""
