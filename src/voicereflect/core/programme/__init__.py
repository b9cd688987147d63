"""Programmes: their files, what somebody did and said so far, and what comes next."""
