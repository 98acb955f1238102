#!/bin/sh
# window_test.sh BATTLEMAP PNG_FACTS SOURCE_DIR OUT_DIR [PROJECT]: drives the window under Xvfb and judges its pictures.
set -eu
program=$1 facts=$2 source=$3 out=$4
rm -rf "$out" && mkdir -p "$out"
project=$out/project

fail() { echo "window test: $*" >&2; exit 1; }

# A small synthetic province with three years and a second map, so that there is something to choose.
make_project() {
  "$program" demo "$project" --synthetic --villages 500 >/dev/null
  awk -F, 'NR == 1 { print $0 ",year"; next }
           { for (y = 2015; y <= 2017; y++) print $1 "," $2 "," $3 "," int($4 * (2018 - y) / 3) "," y }' \
    "$project/village.csv" >"$project/years.csv"
  mv "$project/years.csv" "$project/village.csv"
  sed -i -e 's/^years = .*/years = [2015, 2016, 2017]/' -e '/^year = 2016$/d' "$project/project.toml"
  sed -e 's/^id = .*/id = "poor-population"/' -e 's/^order = .*/order = 2/' \
      -e 's/^title = .*/title = { zh = "贫困人口", en = "Poor people" }/' \
      "$project/maps/poverty-rate.toml" >"$project/maps/poor-population.toml"
  printf '\n[circles]\nindicator = "poor_population"\nmax_radius_mm = 6\n' >>"$project/maps/poor-population.toml"
}

play() { # NAME [OPTION...]: plays NAME.txt
  name=$1
  shift
  sed "s#OUT#$out#g" "$source/$name.txt" >"$out/$name.txt"
  timeout 500 xvfb-run -a -s "-screen 0 1600x1000x24" \
    "$program" view "$project" --size "${size:-1440x900}" --script "$out/$name.txt" "$@" || fail "$name failed"
}

not_blank() { # FILE WIDTH HEIGHT
  set -- "$1" "$2" "$3" $("$facts" "$1")
  [ "$4 $5" = "$2 $3" ] || fail "$1 is $4x$5, expected $2x$3"
  [ "$6" -gt 60 ] || fail "$1 has only $6 colours: blank?"
}

differ() { # A B: at least 0.2 % of the pixels
  share=$("$facts" "$1" "$2")
  awk "BEGIN { exit !($share > 0.002) }" || fail "$1 and $2 hardly differ ($share)"
}

same() { # A B
  share=$("$facts" "$1" "$2")
  awk "BEGIN { exit !($share == 0) }" || fail "$1 and $2 differ ($share)"
}

if [ $# -gt 4 ]; then # a project with records: the six maps
  project=$5
  play boards --place 630222
  for picture in villages board_1 board_2 board_3 board_4 board_5 board_6 board_6_paper_en card print leadership public; do
    not_blank "$out/$picture.png" 1440 900
  done
  for number in 1 2 3 4 5; do differ "$out/board_$number.png" "$out/board_$((number + 1)).png"; done
  differ "$out/board_2.png" "$out/card.png"
  differ "$out/filter_before.png" "$out/filter_after.png"
  differ "$out/boards_before.png" "$out/board_1.png"
  head -c 5 "$out/board.pdf" | grep -q '%PDF-' || fail "board.pdf is no PDF"
  echo "window test: all pictures in $out"
  exit 0
fi

make_project
play walk_through
play there_and_back
for change in help panel theme language size; do
  differ "$out/back_start.png" "$out/there_$change.png"
  same "$out/back_start.png" "$out/back_$change.png"
done
for picture in start zoomed dragged selected drilled villages before_classes after_classes paper_en help circles; do
  not_blank "$out/$picture.png" 1440 900
done
not_blank "$out/small.png" 1000 700
not_blank "$out/exported.png" 1440 900
differ "$out/start.png" "$out/zoomed.png"
differ "$out/zoomed.png" "$out/dragged.png"
differ "$out/start.png" "$out/selected.png"
differ "$out/start.png" "$out/villages.png"
differ "$out/before_classes.png" "$out/after_classes.png"
differ "$out/year_2015.png" "$out/year_2017.png"

# Runs a command on a display of its own and ends with the command's exit code: xvfb-run's own may tell of its
# temporary folder instead.
on_display() {
  rm -f "$out/status"
  timeout 120 xvfb-run -a sh -c 'status=0; "$@" || status=$?; echo "$status" >"$0"' "$out/status" "$@" || true
  [ -s "$out/status" ] || { echo "no exit code from: $*" >&2; return 99; }
  return "$(cat "$out/status")"
}

# The gpu engine draws every frame itself: the same first picture as the cpu engine's, and what lies under the pointer.
# A window not too large: under Xvfb OpenGL is software.
for engine in cpu gpu; do
  on_display "$program" view "$project" --engine $engine --size 1000x700 --screenshot "$out/first_$engine.png" ||
    fail "--engine $engine --screenshot failed"
done
share=$("$facts" "$out/first_cpu.png" "$out/first_gpu.png")
awk "BEGIN { exit !($share < 0.005) }" || fail "the engines' pictures differ by $share"
size=1000x700 play card --engine gpu
differ "$out/card_start.png" "$out/card_zoomed.png"
differ "$out/card_zoomed.png" "$out/card_dragged.png"
differ "$out/card_start.png" "$out/card_selected.png"

# The first exact picture, and nothing else.
on_display "$program" view "$project" --theme paper --lang en --size 800x600 --screenshot "$out/first.png" ||
  fail "--screenshot failed"
not_blank "$out/first.png" 800 600

# Mistakes are said in words and by the exit code; nothing crashes.
expect_failure() { # CODE TEXT COMMAND...
  code=$1 text=$2
  shift 2
  status=0
  message=$("$@" 2>&1) || status=$?
  [ "$status" -eq "$code" ] || fail "exit code $status instead of $code from: $* ($message)"
  case $message in *"$text"*) ;; *) fail "'$message' does not say '$text'" ;; esac
}
expect_failure 1 "battlemap render" env -u DISPLAY -u WAYLAND_DISPLAY "$program" view "$project"
expect_failure 2 "povrty" on_display "$program" view "$project" --map povrty-rate --screenshot "$out/none.png"
expect_failure 2 "--size" "$program" view "$project" --size huge
expect_failure 1 "nowhere" on_display "$program" view "$out/nowhere" --screenshot "$out/none.png"
printf 'wait\nexpect level province\n' >"$out/wrong.txt"
expect_failure 1 "script line 2" on_display "$program" view "$project" --script "$out/wrong.txt"
echo "window test: all pictures in $out"
