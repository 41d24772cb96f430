"""The one place that speaks Telegram: updates become acts, screens become calls."""
