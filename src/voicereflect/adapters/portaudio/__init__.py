"""Sound devices through PortAudio; the only user of sounddevice."""
