//! The requests that are measured.

/// One kind of request, sent again and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    One,
    ListOf3,
    Put,
    BadBody,
    NotFound,
    ListOf1000,
    Post,
}

/// In the order in which a server can answer all of them: the last two change the list.
pub const ALL: [Operation; 7] = [
    Operation::One,
    Operation::ListOf3,
    Operation::Put,
    Operation::BadBody,
    Operation::NotFound,
    Operation::ListOf1000,
    Operation::Post,
];

impl Operation {
    /// How tables name it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::One => "one",
            Self::ListOf3 => "list of 3",
            Self::Put => "PUT",
            Self::BadBody => "bad body",
            Self::NotFound => "not found",
            Self::ListOf1000 => "list of 1,000",
            Self::Post => "POST",
        }
    }

    /// The status of the response.
    #[must_use]
    pub fn status(self) -> u16 {
        match self {
            Self::One | Self::ListOf3 | Self::Put | Self::ListOf1000 => 200,
            Self::Post => 201,
            Self::BadBody => 400,
            Self::NotFound => 404,
        }
    }

    /// The requests that come first, on a server that has just started.
    #[must_use]
    pub fn preparation(self) -> Vec<Vec<u8>> {
        let people = match self {
            Self::ListOf1000 => 997,
            _ => 0,
        };
        // An order that is neither that of the names nor its reverse.
        let numbers = (0..people).map(|step| step * 619 % people);
        numbers
            .map(|number| create("Ada", &format!("Lovelace {number:03}")))
            .collect()
    }

    /// The request with this number, as it is sent; only POST makes different ones.
    #[must_use]
    pub fn request(self, number: usize) -> Vec<u8> {
        match self {
            Self::One => read("/api/people/Farrell"),
            Self::ListOf3 | Self::ListOf1000 => read("/api/people"),
            Self::NotFound => read("/api/people/Simpson"),
            Self::Put => write("PUT", "/api/people/Farrell", r#"{"fname":"Douglas"}"#),
            Self::BadBody => write("POST", "/api/people", r#"{"fname":5,"lname":"Simpson"}"#),
            Self::Post => create("Lisa", &format!("Simpson {number:07}")),
        }
    }

    /// How many requests are measured. A run in which the allocator grows costs up to two million instructions more, which have to
    /// be little beside so many requests.
    #[must_use]
    pub fn count(self) -> usize {
        match self {
            Self::ListOf1000 => 100,
            _ => 1000,
        }
    }
}

fn create(first: &str, last: &str) -> Vec<u8> {
    let body = format!(r#"{{"fname":"{first}","lname":"{last}"}}"#);
    write("POST", "/api/people", &body)
}

fn read(path: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\n{HEADERS}\r\n").into_bytes()
}

fn write(method: &str, path: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    let content = format!("Content-Type: application/json\r\nContent-Length: {length}\r\n");
    format!("{method} {path} HTTP/1.1\r\n{HEADERS}{content}\r\n{body}").into_bytes()
}

const HEADERS: &str = "Host: localhost\r\nUser-Agent: benches\r\nAccept: */*\r\n";
