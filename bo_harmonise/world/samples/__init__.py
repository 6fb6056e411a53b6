"""The invented world behind `sample_registries/`: what each register says of it, and the truth."""
