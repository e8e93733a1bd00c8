"""The rival that polling is measured against: the library `reader`, in a process of its own.

    PYTHON benchmarks/rival_reader.py FILE PORT FEEDS HOSTS ENDING

`bench_sources_polls` starts it with a PYTHON that has `reader` installed; the project itself never needs it.
For each line on standard input it polls every feed once, as its documentation shows it, and prints the CPU
seconds of this process, all threads of it included, and how many entries were new. It ends with its input.
"""

from __future__ import annotations

import importlib
import sys
import time


def main() -> None:
    file, port, feeds, hosts, ending = sys.argv[1:]
    reader = importlib.import_module("reader").make_reader(file)
    for n in range(int(feeds)):
        host = n % int(hosts)
        reader.add_feed(f"http://127.0.{host // 250}.{host % 250 + 1}:{port}/{n}{ending}")
    for _ in sys.stdin:
        new = 0
        begin = time.process_time()
        for one in reader.update_feeds_iter(scheduled=False):
            if isinstance(one.value, Exception):
                raise one.value
            new += one.value.new if one.value else 0
        print(time.process_time() - begin, new, flush=True)


if __name__ == "__main__":
    main()
