"""What the inspector says of a person, a tie, a circle and a gap: plain content, made without a window."""
