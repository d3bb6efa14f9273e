"""The disputes room: the sheet of a council, asks and their replies."""
