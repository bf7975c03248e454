"""Connexion on this repository's own spec, with its validation of requests and of responses."""

import sys

from connexion import AsyncApp

from store import serve

app = AsyncApp("people", specification_dir=sys.argv[1])
app.add_api("swagger.yml", strict_validation=True, validate_responses=True)

if __name__ == "__main__":
    serve(app, "Connexion")
