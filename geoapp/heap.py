"""What the C library does with memory that a process is done with: it is given back instead of kept."""

import ctypes

OPTIONS = {-8: 2, -3: 1 << 20, -1: 8 << 20}
"""glibc's M_ARENA_MAX, M_MMAP_THRESHOLD and M_TRIM_THRESHOLD (malloc.h): arenas, bytes, bytes."""


def return_memory() -> None:
    """Let the C library give back what it is done with, in this process and in those forked from it.

    By itself glibc makes an arena for each of the threads, up to eight for a core, and raises the size from which a
    buffer is returned at once to 32 MB: what pictures, files and a build's steps took then stays
    (``benchmarks/memory.py``, ``benchmarks/growth.py``).
    """
    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):  # glibc's; musl and macOS have no arenas to bound
        for option, value in OPTIONS.items():
            library.mallopt(option, value)


def trim() -> None:
    """Give back what a step that is over left free between what is still used."""
    library = ctypes.CDLL(None)
    if hasattr(library, "malloc_trim"):
        library.malloc_trim(0)
