"""Train the multi-task network.

Usage: train_default.py CONFIG DATA GAZETTEERS OUT [--start CHECKPOINT] [--silver FOLD/FOLDS|all] [--minutes M]

Stage one (no `--silver`) trains on DATA/ud_train.jsonl and DATA/names.jsonl. Stage two goes on from a checkpoint with
the silver documents mixed in; with `FOLD/FOLDS` the documents of that fold are left out, so that they can be scored.
"""

from __future__ import annotations

import argparse
import importlib
import random
import sys
import time
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import augment
import corpus
import gazetteers
import torch
from batches import MASKED, Batch, Batcher, label_sets
from corpus import Example
from network import Network, load_encoder
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as F  # noqa: N812


def losses(out: dict[str, Tensor], batch: Batch, heads: dict[str, dict[str, Any]]) -> dict[str, Tensor]:
    """Give each head's loss, summed over its known words and divided by the batch's words."""
    found: dict[str, Tensor] = {}
    for name, head in heads.items():
        target = batch.targets[name]
        scores = out[name].float()
        if head["kind"] == "names":
            inside = torch.logsumexp(scores.masked_fill(target == 0, -1e4), -1)
            found[name] = (torch.logsumexp(scores, -1) - inside).sum() / batch.words
        elif head["kind"] == "tree":
            found[name] = _tree_loss(out, batch, name) / batch.words
        else:
            found[name] = (
                F.cross_entropy(scores.flatten(0, 1), target.flatten(), ignore_index=MASKED, reduction="sum")
                / batch.words
            )
    return found


def _tree_loss(out: dict[str, Tensor], batch: Batch, name: str) -> Tensor:
    """Sum the losses of arcs and of the gold arcs' relations."""
    heads, relations = batch.targets[f"{name}_arcs"], batch.targets[name]
    real = batch.inputs["shapes"] != batch.inputs["shapes"].new_tensor(_frame_shape())
    seen = torch.cat([torch.ones_like(real[:, :1]), real], 1)
    arcs = out[name].float().masked_fill(~seen[:, None, :], -1e4)
    loss = F.cross_entropy(arcs.flatten(0, 1), heads.flatten(), ignore_index=MASKED, reduction="sum")
    chosen = relation_scores(out, name, heads.clamp(min=0))
    return loss + F.cross_entropy(chosen.flatten(0, 1), relations.flatten(), ignore_index=MASKED, reduction="sum")


def relation_scores(out: dict[str, Tensor], name: str, heads: Tensor) -> Tensor:
    """Score the relations of each word to its given head (0 is the root)."""
    vectors = out[f"{name}_head"].float()
    picked = torch.gather(vectors, 1, heads.unsqueeze(-1).expand(-1, -1, vectors.shape[-1]))
    return torch.einsum("bwld,bwd->bwl", out[f"{name}_dep"].float(), picked)


def _frame_shape() -> int:
    """The shape id that pads."""
    from kgbuild.annotate.windows import FRAME_SHAPE

    return FRAME_SHAPE


def optimizer_for(network: Network, schedule: dict[str, Any]) -> torch.optim.AdamW:
    """Give each layer its rate; the embeddings of subwords and positions stay as they are."""
    network.word_embedding.weight.requires_grad = False
    network.position_embedding.weight.requires_grad = False
    groups = []
    count = len(network.layers)
    for n, layer in enumerate(network.layers):
        rate = schedule["encoder_rate"] * schedule["layer_decay"] ** (count - 1 - n)
        groups.append({"params": list(layer.parameters()), "lr": rate})
    low = schedule["encoder_rate"] * schedule["layer_decay"] ** count
    groups.append({"params": [network.type_embedding, *network.norm.parameters()], "lr": low})
    done = {id(p) for g in groups for p in g["params"]}
    rest = [p for p in network.parameters() if p.requires_grad and id(p) not in done]
    groups.append({"params": rest, "lr": schedule["head_rate"]})
    for group in groups:
        group["top"] = group["lr"]
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01)


@torch.no_grad()
def accuracy(network: Network, batcher: Batcher, examples: list[Example]) -> dict[str, float]:
    """Score greedily on gold words: each head's accuracy, `tree` labelled attachment, `names` span F."""
    network.eval()
    right: dict[str, float] = {}
    total: dict[str, float] = {}
    spans = [0, 0, 0]
    for batch in batcher.batches(examples, 4096):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            out = network(**batch.inputs)
        for name, head in batcher.heads.items():
            best = out[name].float()
            if head["kind"] == "names":
                _count_spans(best.argmax(-1), batch.targets[name], batcher, spans)
                continue
            target = batch.targets[name]
            known = target != MASKED
            if head["kind"] == "tree":
                seen = torch.cat([batch.inputs["mask"][:, :1], batch.inputs["shapes"] != _frame_shape()], 1)
                heads = best.masked_fill(~seen[:, None, :], -1e4).argmax(-1)
                good = (heads == batch.targets[f"{name}_arcs"]) & (
                    relation_scores(out, name, heads).argmax(-1) == target
                )
            else:
                good = best.argmax(-1) == target
            right[name] = right.get(name, 0) + (good & known).sum().item()
            total[name] = total.get(name, 0) + known.sum().item()
    network.train()
    scores = {name: round(100 * right[name] / max(1, total[name]), 2) for name in right}
    return scores | {"names": round(200 * spans[0] / max(1, spans[1] + spans[2]), 2)}


def _count_spans(best: Tensor, allowed: Tensor, batcher: Batcher, spans: list[int]) -> None:
    """Count right, predicted and gold spans by first word (of a certain type), a cheap stand-in for span F."""
    first = torch.tensor([label.startswith("B-") for label in corpus.NAME_LABELS])
    gold = (allowed.sum(-1) >= 1) & ((allowed * first).sum(-1) == allowed.sum(-1))
    known = gold | (allowed[..., 0] == 1) & (allowed.sum(-1) == 1)
    said = first[best] & known
    hit = torch.gather(allowed, -1, best.unsqueeze(-1)).squeeze(-1) > 0
    spans[0] += int((said & gold & hit).sum())
    spans[1] += int(said.sum())
    spans[2] += int(gold.sum())


def fold_of(docs: list[str], fold: int, folds: int) -> list[str]:
    """Deal documents out to folds, the same way every time."""
    order = sorted(docs)
    random.Random(7).shuffle(order)
    return order[fold::folds]


def material(
    data: Path, silver: str, schedule: dict[str, Any], rng: random.Random, named: list[Example], ud: list[Example]
) -> list[Example]:
    """Choose an epoch's examples: stage one takes all trees and a share of the names, stage two the silver twice."""
    if not silver:
        return ud + rng.sample(named, int(schedule["names_share"] * len(named)))
    examples = list(corpus.read(data / "silver.jsonl"))
    if silver != "all":
        fold, folds = (int(n) for n in silver.split("/"))
        left_out = set(fold_of(list({e.doc for e in examples}), fold, folds))
        examples = [e for e in examples if e.doc not in left_out]
    return examples * 2 + rng.sample(ud, schedule["stage_two_ud"]) + rng.sample(named, schedule["stage_two_named"])


def train(
    config: dict[str, Any], data: Path, out: Path, start: Path | None, silver: str, minutes: float, offset: float
) -> None:
    """Run one stage and save checkpoints."""
    schedule = config["schedule"]
    torch.manual_seed(schedule["seed"])
    rng = random.Random(schedule["seed"])
    package = importlib.import_module(config["encoder"]["package"])
    folder = Path(str(package.__file__)).parent / config["encoder"]["folder"]
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    ud, names_all = list(corpus.read(data / "ud_train.jsonl")), list(corpus.read(data / "names.jsonl"))
    saved = torch.load(start, weights_only=False) if start else None
    heads = saved["heads"] if saved else label_sets(ud, config["heads"])
    print({n: len(h["labels"]) for n, h in heads.items()}, flush=True)
    network = Network(heads)
    if saved:
        network.load_state_dict(saved["weights"])
    else:
        load_encoder(network, folder)
    lists = augment.load_lists(Path(__file__).parent.parent / "data", gazetteers.load(Path(config["gazetteers"])))
    batcher = Batcher(heads, tokenizer, lists, schedule["seed"])
    dev = [e for e in corpus.read(data / "ud_dev.jsonl") if len(e.words) < 180]
    dev_batcher = Batcher(heads, tokenizer, None, 1)
    optimizer = optimizer_for(network, schedule)
    scale = schedule["stage_two_scale"] if silver else 1.0
    loop(
        network,
        optimizer,
        batcher,
        schedule,
        scale,
        minutes,
        out,
        heads,
        lambda: material(data, silver, schedule, rng, names_all, ud),
        lambda: accuracy(network, dev_batcher, dev[::3]),
        offset,
    )


def hide(batch: Batch, share: float, piece: int) -> None:
    """Put the mask piece in place of a share of the subwords, so that context must tell."""
    pieces = batch.inputs["pieces"]
    chosen = (torch.rand(pieces.shape) < share) & (pieces > 999)
    pieces[chosen] = piece


def loop(
    network: Network,
    optimizer: torch.optim.Optimizer,
    batcher: Batcher,
    schedule: dict[str, Any],
    scale: float,
    minutes: float,
    out: Path,
    heads: dict[str, dict[str, Any]],
    examples: Callable[[], list[Example]],
    check: Callable[[], dict[str, float]],
    offset: float = 0.0,
) -> None:
    """Train until time or steps are over; save every five minutes and at the end."""
    out.parent.mkdir(parents=True, exist_ok=True)
    began, step, epoch, last_save, words = time.time(), 0, 0, time.time(), 0
    running: dict[str, float] = {}
    network.train()
    mask_piece = batcher.tokenizer.token_to_id("[MASK]")
    done = offset
    while done < 1:
        epoch += 1
        for batch in batcher.epoch(examples(), schedule["batch_pieces"]):
            done = offset + (1 - offset) * max((time.time() - began) / 60 / minutes, step / schedule["steps"])
            if done >= 1:
                break
            warm = min(1.0, done / schedule["warmup"], (step + 1) / 100) if scale == 1.0 else min(1.0, (step + 1) / 20)
            for group in optimizer.param_groups:
                group["lr"] = (
                    group["top"] * scale * warm * max(schedule["final"], 1 - done)
                    if scale == 1.0
                    else group["top"] * scale * warm * (1 - done)
                )
            hide(batch, schedule["hidden_share"], mask_piece)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                found = losses(network(**batch.inputs), batch, heads)
            total = sum(heads[n]["weight"] * loss for n, loss in found.items())
            optimizer.zero_grad(set_to_none=True)
            total.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 2.0)
            optimizer.step()
            step, words = step + 1, words + batch.words
            for name, loss in found.items():
                running[name] = 0.98 * running.get(name, loss.item()) + 0.02 * loss.item()
            if step % 100 == 0:
                print(
                    f"{step} epoch {epoch} {done:.3f} {words / (time.time() - began):.0f} words/s",
                    {n: round(v, 3) for n, v in running.items()},
                    flush=True,
                )
            if time.time() - last_save > 480:
                torch.save({"weights": network.state_dict(), "heads": heads, "step": step, "epoch": epoch}, out)
                print("dev", check(), flush=True)
                last_save = time.time()
    torch.save({"weights": network.state_dict(), "heads": heads, "step": step, "epoch": epoch, "words": words}, out)
    print("end", step, epoch, words, check(), flush=True)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("config", "data", "gazetteers", "out"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--silver", default="")
    parser.add_argument("--minutes", type=float)
    parser.add_argument(
        "--offset", type=float, default=0.0, help="share of the schedule that the checkpoint has behind it"
    )
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    config = tomllib.loads(args.config.read_text(encoding="utf-8"))
    config["gazetteers"] = str(args.gazetteers)
    train(
        config, args.data, args.out, args.start, args.silver, args.minutes or config["schedule"]["minutes"], args.offset
    )


if __name__ == "__main__":
    sys.exit(main())
