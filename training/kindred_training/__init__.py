"""Makes the model folders that Kindred's browser engine loads."""
