"""One module a register: typed views of its records in, file content in the register's true format out."""
