"""Payments as tables: the register, a batch for bank and finance, the paid file and differences."""
