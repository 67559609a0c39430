"""AccordGraph: articles about government and policy as a knowledge graph that answers questions."""

__version__ = "0.1.0"
