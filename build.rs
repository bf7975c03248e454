fn main() {
    let out = std::path::PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    std::fs::copy("codegen/contract.json", out.join("contract.json")).expect("copied");
}
