"""Reading offices and the network. Whoever reads sees the offices of the people they may see."""
