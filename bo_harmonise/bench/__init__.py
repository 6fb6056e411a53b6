"""Measure the whole chain on invented worlds of several sizes: time, memory, disk, growth, bare floors."""
