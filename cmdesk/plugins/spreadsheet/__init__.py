"""Tables of people, of ties and of dated interactions: CSV, TSV, XLSX."""
