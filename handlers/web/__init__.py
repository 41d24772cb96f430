"""What is served over HTTPS in web mode: Telegram's calls, the customers' links, and how it is."""
