"""Stories, a channel's settings and a moment in, a digest out; pure."""
