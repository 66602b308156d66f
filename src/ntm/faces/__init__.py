"""How people and programs reach it. Nothing is decided here."""
