"""What DiscordChatExporter writes of a Discord server: JSON and web pages."""
