@"%~dp0python.exe" -I -m voicereflect %*
