"""``make bench``: every benchmark in turn, or the ones named. They print figures and never fail."""

import importlib
import pkgutil
import sys

import benchmarks


def main(names: list[str]) -> None:
    """Run the named benchmarks, or all of them."""
    known = sorted(each.name for each in pkgutil.iter_modules(benchmarks.__path__) if not each.name.startswith("_"))
    for name in names or known:
        if name not in known:
            sys.exit(f"no benchmark {name!r}; known are {', '.join(known)}")
        print(f"\n== {name}")
        importlib.import_module(f"benchmarks.{name}").main()


main(sys.argv[1:])
