#!/usr/bin/env bash
# What the whole suite needs from Debian. As root it is installed; otherwise the command is printed and the run goes on without.
set -euo pipefail
declare -A package=(
    [/usr/bin/chromium]=chromium
    [/usr/lib/postgresql/15/bin/initdb]=postgresql-15
    [/usr/bin/tesseract]=tesseract-ocr
    [/usr/share/tesseract-ocr/5/tessdata/vie.traineddata]=tesseract-ocr-vie
    [/usr/lib/libreoffice/program/libswlo.so]=libreoffice-writer-nogui
    [/usr/lib/libreoffice/program/libsclo.so]=libreoffice-calc-nogui
    [/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf]=fonts-liberation2
)
missing=()
for file in "${!package[@]}"; do [ -e "$file" ] || missing+=("${package[$file]}"); done
[ ${#missing[@]} = 0 ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "== cài ${missing[*]}"
    apt-get update -q >/dev/null
    DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}" >/dev/null
else
    echo "Bỏ qua phần cần: ${missing[*]}. Để chạy đủ: apt-get install ${missing[*]}" >&2
fi
