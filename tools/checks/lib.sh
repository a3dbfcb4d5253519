# tools/checks/lib.sh - what the checks in bash share. To be sourced, from the root.

# Prints the C files of the project whose path matches an extended regular expression.
c_files() {
    git ls-files -co --exclude-standard '*.c' '*.h' | grep -E "$1" | sort -u |
        while IFS= read -r file; do [[ -e $file ]] && printf '%s\n' "$file"; done
}

# Makes sure that build/check-COMPILER is configured, with every warning an error.
#   $1  gcc or clang
configure_check_build() {
    local dir=build/check-$1
    [[ -f $dir/build.ninja ]] || CC=$1 meson setup --werror "$dir" >"build/check-$1.log" ||
        { cat "build/check-$1.log"; return 1; }
}

# Builds the headers that the compilers of the build generate, as far as they build,
# so that a check may include them.
#   $1  gcc or clang
build_generated() {
    local targets
    configure_check_build "$1"
    mapfile -t targets < <(ninja -C "build/check-$1" -t targets all |
        sed -nE 's/^(.*\/gen\/[^:]*\.[ch]): .*/\1/p')
    if [[ ${#targets[@]} -gt 0 ]]; then
        ninja -C "build/check-$1" -k 0 "${targets[@]}" >/dev/null || true
    fi
}
