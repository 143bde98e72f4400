"""Reports invented for a plan whose own are not known: plausible figures and nodes, the same every time."""
