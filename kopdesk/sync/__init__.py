"""The laptop's side of an exchange: prepare, settle, the engine that drives both, and the edges."""
