"""The spoken voice: pyttsx3 renders each text in a child process; nothing here plays sound."""
