#!/bin/sh
# Makes card-bold.ttf and card-text.ttf of the variable fonts of Inter in the folder $1. Needs fonttools.
set -eu
letters="U+0020-007E,U+00A0-017F,U+01A0-01A1,U+01AF-01B0,U+0218-021B,U+1E80-1E85,U+1E9E,U+1EA0-1EF9,U+2010-2015,U+2018-201E,U+2020-2022,U+2026,U+2030,U+2039-203A,U+20AC,U+2122,U+2190-2193,U+2212"
whole=$(mktemp)
for font in "InterDisplay-roman 650 bold" "Inter-roman 500 text"; do
    # shellcheck disable=SC2086
    set -- "$1" $font
    fonttools varLib.instancer -q -o "$whole" "$1/$2.var.ttf" "wght=$3"
    pyftsubset "$whole" --unicodes="$letters" --layout-features=kern --no-hinting --notdef-outline \
        --drop-tables+=GSUB,STAT,DSIG,gasp,GDEF --name-IDs=0,13,14 --output-file="$(dirname "$0")/card-$4.ttf"
done
rm "$whole"
