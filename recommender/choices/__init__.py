"""What editors decide: their choices as events, their corrections, and where both are stored."""
