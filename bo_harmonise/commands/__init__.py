"""The commands of the command line, a module a family; `options` holds what they share."""
