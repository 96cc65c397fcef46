"""Everything that touches an untrusted file: safe readers with limits and a ledger."""
