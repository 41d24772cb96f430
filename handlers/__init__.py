"""What a partner sees: one file per flow, and the one edge that speaks Telegram."""
