"""What sentences mean, as vectors; native inference, never in the process of the microphone."""
