//! What is ready to use for security schemes: JSON Web Tokens, passwords, and lists of API keys.

mod api_keys;
mod hostile_tokens;
mod jwt;
mod key_server;
mod passwords;
mod remote_keys;
mod tokens;
