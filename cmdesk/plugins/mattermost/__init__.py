"""The bulk export of a Mattermost server."""
