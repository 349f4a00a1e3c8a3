"""The driver that keeps everything in memory."""
