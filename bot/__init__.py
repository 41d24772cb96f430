"""How it runs: settings, the composition root, the use cases and the pure rules."""
