"""Bank references: each stands for one payment or one receipt, never for two."""
