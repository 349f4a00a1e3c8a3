"""Alibaba Cloud OSS, which is not rehearsed: what the config can tell."""
