"""Measurements: each module makes its own invented material and tells figures, never judgements."""
