"""Answers to what people ask: a request in, a view out; knows no platform."""
