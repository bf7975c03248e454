"""The operations of swagger.yml, by the names that it gives them, as Connexion calls them."""

from connexion import request
from connexion.lifecycle import ConnexionResponse

from store import Store, location, problem

store = Store()

# The spec produces problems, too, so that Connexion does not know which of both a response is.
JSON = {"Content-Type": "application/json"}


async def read_all(length=1000, offset=0, after=None, q=None):
    people, total = store.page(length, offset, after, q)
    return people, 200, {**JSON, "X-Total-Count": str(total)}


async def create(person):
    added = store.add(person["fname"], person["lname"])
    if added is None:
        return refused(409, "Conflict", f"Person with last name {person['lname']} already exists")
    body, tag = added
    return body, 201, {**JSON, "ETag": tag, "Location": location(person["lname"])}


async def read_one(lname):
    found = store.people.get(lname)
    if found is None:
        return not_found(lname)
    body, tag = found
    if request.headers.get("if-none-match") == tag:
        return None, 304, {"ETag": tag}
    return body, 200, {**JSON, "ETag": tag}


async def update(lname, person):
    updated = store.update(person["fname"], lname)
    if updated is None:
        return not_found(lname)
    body, tag = updated
    return body, 200, {**JSON, "ETag": tag}


async def delete(lname):
    return (None, 204) if store.remove(lname) else not_found(lname)


def not_found(lname):
    return refused(404, "Not Found", f"Person with last name {lname} not found")


def refused(status, title, detail):
    return ConnexionResponse(
        status_code=status, content_type="application/problem+json", body=problem(status, title, detail)
    )
