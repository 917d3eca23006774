#!/usr/bin/env bash
# Cross-validate the names of stage two on the silver documents. Usage: folds.sh WORK GAZETTEERS
set -euo pipefail
work=$1 gazetteers=$2 here=$(dirname "$0")
models=()
for fold in 0 1 2 3 4; do
  python "$here/train_default.py" "$here/../configs/default.toml" "$work/data" "$gazetteers" "$work/fold$fold.pt" \
    --start "$work/stage1.pt" --silver "$fold/5" --minutes 1.8
  python "$here/export_default.py" "$work/fold$fold.pt" "$here/../configs/default.toml" "$work/fold$fold"
  models+=("$work/fold$fold")
done
python "$here/score_names.py" "$work/data/silver.jsonl" "${models[@]}" --json "$work/silver_cv.json"
