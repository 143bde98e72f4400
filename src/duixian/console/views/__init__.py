"""The pages: each view asks queries, lays the answer out, and hands acts to commands. No rule lives here."""
