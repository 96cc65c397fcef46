"""Mail: mbox files, archives of mailing lists and groups, single mails."""
