"""Policies of AWS Identity and Access Management: reading them, deciding requests by them, proving a config's needs.

Pure: nothing here reaches a server or imports an AWS library. The rules are those of the IAM User Guide; each module names
its sections.
"""
