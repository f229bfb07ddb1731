"""Text to syntax tree and back: lexer, parser, recovery from errors, canonical form; words have no meaning here yet."""
