"""OpenStack Swift: what the config and the environment alone can tell. Release 2.8 was the last to have the driver."""
