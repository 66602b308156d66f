#!/usr/bin/env bash
# English interface strings: gathered from the sources, guesses taken out again, compiled. What is still untranslated is
# counted at the end; the words go into src/ntm/site/locale/en/LC_MESSAGES/django.po, then this runs once more.
set -euo pipefail
bin="$(cd "$1" && pwd)"
cd "$(dirname "$0")/../src/ntm"
po=site/locale/en/LC_MESSAGES/django.po
django() { DJANGO_SETTINGS_MODULE=ntm.site.settings "$bin/python" -m django "$@"; }

command -v msgmerge >/dev/null || { echo "cần gettext: apt-get install gettext" >&2; exit 1; }
django makemessages -l en --no-obsolete --no-location --no-wrap -i 'static/*' >/dev/null
# a guess from a similar string is no translation: kept empty, so that it is seen
msgattrib --only-fuzzy --clear-fuzzy --clear-previous --empty --no-wrap -o "$po.guessed" "$po"
msgattrib --no-fuzzy --no-wrap -o "$po.sure" "$po"
if [ -s "$po.guessed" ]; then
  msgcat --use-first --no-wrap -o "$po" "$po.sure" "$po.guessed"
else
  mv "$po.sure" "$po"
fi
rm -f "$po.guessed" "$po.sure"
msgfmt --check-format --statistics -o "${po%.po}.mo" "$po"
