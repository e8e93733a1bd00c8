"""The network and files in: whatever the web offers, out come Articles."""
