"""The payments room: from an award to the bank's word that it was paid."""
