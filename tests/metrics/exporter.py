# SPDX-License-Identifier: GPL-2.0
"""A real node_exporter with nothing but its textfile collector."""
import socket
import subprocess
import time
import urllib.error
import urllib.request

SECONDS = 20


class Exporter:
    """Serves what is in a folder, on this machine only."""

    def __init__(self, program, folder, log):
        self.address = f"127.0.0.1:{free_port()}"
        self.log = log
        with open(log, "wb") as out:
            self.process = subprocess.Popen(
                [program, "--collector.disable-defaults", "--collector.textfile", "--web.disable-exporter-metrics",
                 f"--collector.textfile.directory={folder}", f"--web.listen-address={self.address}"],
                stdin=subprocess.DEVNULL, stdout=out, stderr=out)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(SECONDS)

    def scrape(self):
        """What a server would get; waits until there is somebody to answer."""
        until = time.monotonic() + SECONDS
        while True:
            try:
                with urllib.request.urlopen(f"http://{self.address}/metrics", timeout=SECONDS) as answer:
                    return answer.read().decode()
            except (urllib.error.URLError, ConnectionError):
                if time.monotonic() > until or self.process.poll() is not None:
                    raise
                time.sleep(0.1)

    def complaints(self):
        """Lines of its log that tell of an error; it also warns of being root."""
        with open(self.log, encoding="utf-8", errors="replace") as file:
            return "".join(line for line in file if "level=error" in line.lower())


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
