"""What the programme's rules mean: pure Python, no framework, no database, no clock, no network."""
