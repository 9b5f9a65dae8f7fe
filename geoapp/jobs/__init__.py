"""Heavy work in processes of its own: a fair queue before a few drawing processes, one for all workers of a server."""
