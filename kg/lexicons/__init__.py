"""What the program knows of words and names: tables that people can read and widen. SOURCES.md says where each comes from."""
