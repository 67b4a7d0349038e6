# Training of the extractor's model. The data are not part of the repository: DATA names their folder.
# shellcheck shell=bash

readonly MODEL=assets/model/news.misam-model

run_training() {
  local command=news what='' data=${DATA:-../shared/data} arguments=(corpus assets/hints)
  while (($#)); do
    case $1 in
      --free) what=-free ;;
      --newswire) command=newswire ;;
      --ablation) command=ablation ;;
      --test) arguments+=(--test) ;;
      *) fail "./dev train does not know $1." "It takes --free, --newswire, --newswire --test, --ablation." ;;
    esac
    shift
  done
  if [[ $command == news ]]; then
    arguments+=("${MODEL/.misam/$what.misam}" --date "$(date_of_data)")
    [[ -z $what ]] || arguments+=(--free)
  fi
  if [[ -z $what ]]; then
    require_data "$data"
    unpack_texts "$data"
    arguments+=("$TARGET"/train/*.txt)
  fi
  ensure_rust
  ensure_crates
  say "Building the trainer"
  cargo build --locked --offline --release --features train --bin misam-train
  say "Training"
  "$TARGET/release/misam-train" "$command" "$data" "${arguments[@]}"
  [[ $command != news ]] || note "written: ${MODEL/.misam/$what.misam}"
}

# The day when what the model learns from was last changed. Not today: the same data give the same bytes on any day.
date_of_data() {
  git log -1 --format=%cs -- corpus assets/hints assets/lexicon assets/gazetteer.txt 2>/dev/null || true
}

require_data() {
  local data=$1 part
  for part in ner/anercorp ner/wikifane_gold clusters text; do
    [[ -d $data/$part ]] || fail "$data/$part is not there: the model is trained on data that are not in the repository." \
      "docs/DATA.md says what they are and where they come from; DATA=folder ./dev train names their folder." \
      "./dev train --free needs none of them."
  done
  command -v xz >/dev/null || fail "xz is not there; it unpacks the texts." "Install xz-utils."
}

# The unlabelled texts, unpacked once.
unpack_texts() {
  local packed text
  mkdir -p "$TARGET/train"
  for packed in "$1"/text/*.xz; do
    text=$TARGET/train/$(basename "$packed" .xz)
    [[ $text -nt $packed ]] || { xz -dc "$packed" >"$text.part" && mv "$text.part" "$text"; }
  done
}
