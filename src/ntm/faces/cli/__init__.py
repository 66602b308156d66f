"""The command ntm."""
