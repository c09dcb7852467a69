"""One function per thing an assistant does: open a unit of work, ask the domain, save."""
