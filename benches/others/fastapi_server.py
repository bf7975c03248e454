"""FastAPI with models of pydantic for what comes in and what goes out."""

from typing import Annotated

from fastapi import FastAPI, Header, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from store import Store, location, problem, serve

store = Store()
app = FastAPI(title="People")

FirstName = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[^\x00-\x1f\x7f-\x9f]*$")]
LastName = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[^\x00-\x1f\x7f-\x9f/\\]*$")]


class NewPerson(BaseModel):
    model_config = ConfigDict(strict=True)
    fname: FirstName
    lname: LastName


class PersonUpdate(BaseModel):
    model_config = ConfigDict(strict=True)
    fname: FirstName
    lname: LastName | None = None


class Person(BaseModel):
    fname: FirstName
    lname: LastName
    timestamp: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$")]


class Problem(JSONResponse):
    media_type = "application/problem+json"


def refused(status, title, detail):
    return Problem(problem(status, title, detail), status)


def not_found(lname):
    return refused(404, "Not Found", f"Person with last name {lname} not found")


@app.exception_handler(RequestValidationError)
async def invalid(request: Request, error: RequestValidationError):
    first = error.errors()[0]
    return refused(400, "Bad Request", f"{'/'.join(map(str, first['loc']))}: {first['msg']}")


@app.get("/api/people")
async def read_all(
    response: Response,
    length: Annotated[int, Query(ge=1, le=1000)] = 1000,
    offset: Annotated[int, Query(ge=0)] = 0,
    after: Annotated[str | None, Query(min_length=1, max_length=64)] = None,
    q: Annotated[str | None, Query(max_length=64)] = None,
) -> list[Person]:
    people, total = store.page(length, offset, after, q)
    response.headers["X-Total-Count"] = str(total)
    return people


@app.post("/api/people", status_code=201, response_model=Person)
async def create(person: NewPerson, response: Response):
    added = store.add(person.fname, person.lname)
    if added is None:
        return refused(409, "Conflict", f"Person with last name {person.lname} already exists")
    body, response.headers["ETag"] = added
    response.headers["Location"] = location(person.lname)
    return body


@app.get("/api/people/{lname}", response_model=Person)
async def read_one(lname: LastName, response: Response, if_none_match: Annotated[str | None, Header()] = None):
    found = store.people.get(lname)
    if found is None:
        return not_found(lname)
    body, response.headers["ETag"] = found
    if if_none_match == found[1]:
        return Response(status_code=304, headers={"ETag": found[1]})
    return body


@app.put("/api/people/{lname}", response_model=Person)
async def update(lname: LastName, person: PersonUpdate, response: Response):
    updated = store.update(person.fname, lname)
    if updated is None:
        return not_found(lname)
    body, response.headers["ETag"] = updated
    return body


@app.delete("/api/people/{lname}", status_code=204)
async def delete(lname: LastName):
    return Response(status_code=204) if store.remove(lname) else not_found(lname)


if __name__ == "__main__":
    serve(app, "FastAPI")
