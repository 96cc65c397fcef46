"""Discourse forums: topics and posts as its API gives them, archives of posts, lists of users, results of the Data Explorer."""
