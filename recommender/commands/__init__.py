"""One thin function a command: read the options, call one use case, print, end."""
