"""What is done with rounds, their forms, and the sheets and links of applications."""
