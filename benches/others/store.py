"""People in memory, by last name, for the servers in Python."""

from bisect import bisect_left, bisect_right, insort
from datetime import datetime, timezone
from secrets import token_hex
from urllib.parse import quote


class Store:
    def __init__(self):
        self.people = {}
        self.names = []
        for fname, lname in [("Doug", "Farrell"), ("Kent", "Brockman"), ("Bunny", "Easter")]:
            self.add(fname, lname)

    def add(self, fname, lname):
        """The person and the entity tag; none if the last name is taken."""
        if lname in self.people:
            return None
        insort(self.names, lname)
        return self.put(fname, lname)

    def put(self, fname, lname):
        person = {"fname": fname, "lname": lname, "timestamp": now()}
        self.people[lname] = person, f'"{token_hex(8)}"'
        return self.people[lname]

    def update(self, fname, lname):
        return self.put(fname, lname) if lname in self.people else None

    def remove(self, lname):
        if self.people.pop(lname, None) is None:
            return False
        del self.names[bisect_left(self.names, lname)]
        return True

    def page(self, length, offset, after, q):
        names = self.names
        if q:
            q = q.casefold()
            found = (name for name in names if self.matches(name, q))
            names = list(found)
        start = offset if after is None else offset + bisect_right(names, after)
        people = self.people
        return [people[name][0] for name in names[start : start + length]], len(names)

    def matches(self, lname, q):
        fname = self.people[lname][0]["fname"]
        return lname.casefold().startswith(q) or fname.casefold().startswith(q)


def now():
    return datetime.now(timezone.utc).strftime("%Y-%m-%d %H:%M:%S")


def location(lname):
    return "people/" + quote(lname, safe="")


def problem(status, title, detail):
    return {"type": "about:blank", "title": title, "status": status, "detail": detail}


def serve(app, name):
    """Serves on a free port of this machine, and prints its address as the server of this repository does."""
    import signal
    import socket

    import uvicorn

    # uvicorn ends, and then sends itself the signal again, by which the process would not end well.
    signal.signal(signal.SIGTERM, lambda *_: None)

    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(2048)
    print(f"{name} is served at 127.0.0.1:{listener.getsockname()[1]}", flush=True)
    config = uvicorn.Config(app, log_level="warning", access_log=False)
    uvicorn.Server(config).run(sockets=[listener])
