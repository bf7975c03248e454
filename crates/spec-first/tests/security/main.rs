//! What is ready to use for security schemes: JSON Web Tokens, passwords, and lists of API keys.

mod api_keys;
mod jwt;
mod key_server;
mod passwords;
mod remote_keys;
mod tokens;
