"""The catalogue of faults (RELIABILITY 5): each is injected, and the invariants hold after it. See README.md."""
