"""What two people see: the say-back beside what was said, and what others agreed to."""
