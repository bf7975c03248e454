fn main() -> std::process::ExitCode {
    spec_first_build::build()
}
