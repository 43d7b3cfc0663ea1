"""What the shipped forms and the code pack say."""
