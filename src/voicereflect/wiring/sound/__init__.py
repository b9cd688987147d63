"""What a session hears and speaks with: devices, and voices."""
