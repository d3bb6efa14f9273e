"""The attachments room: files that belong to a record, kept out of the open."""
