"""Medians, ratios against the peer a target names, and the table."""
import statistics

# The targets of the design: corpus, operation, measure, peers the best of which counts, most allowed ratio.
TARGETS = [
    ("src", "first", "wall", ("restic",), 0.45),
    ("src", "first", "cpu", ("restic",), 0.5),
    ("src", "first", "repoBytes", ("restic", "borg"), 0.87),
    ("src", "first", "rssMiB", ("restic",), 1.1),
    ("src", "unchanged", "wall", ("restic",), 0.25),
    ("src", "changed", "wall", ("restic",), 0.4),
    ("src", "restore", "cpu", ("restic", "borg"), 0.6),
    ("src", "restore", "wall", ("restic", "borg"), 0.7),
    ("src", "verify", "cpu", ("restic",), 0.6),
    ("vm", "first", "wall", ("restic", "borg"), 0.55),
    ("vm", "changed", "incrementBytes", ("restic",), 0.4),
    ("vm", "changed", "wall", ("restic",), 0.35),
    ("vm", "restore", "cpu", ("restic", "borg"), 0.6),
    ("vm", "restore", "wall", ("restic", "borg"), 0.7),
    ("vm", "verify", "cpu", ("restic",), 0.6),
    ("rand", "first", "wall", ("restic",), 0.5),
    ("rand", "restore", "cpu", ("restic", "borg"), 0.6),
    ("rand", "restore", "wall", ("restic", "borg"), 0.7),
    ("rand", "verify", "cpu", ("restic",), 0.6),
]
MEASURES = ("wall", "cpu", "user", "sys", "rssMiB", "foreignCpu", "repoBytes", "incrementBytes")
OURS = "holdfast"


def medians(runs):
    """One row for each corpus, operation and tool, in the order they were run."""
    groups = {}
    for run in runs:
        groups.setdefault((run["corpus"], run["op"], run["tool"]), []).append(run)
    rows = []
    for (corpus, op, tool), group in groups.items():
        row = {"corpus": corpus, "op": op, "tool": tool, "runs": len(group)}
        for measure in MEASURES:
            values = [run[measure] for run in group if run.get(measure) is not None]
            if values:
                row[measure] = statistics.median(values)
        walls = [run["wall"] for run in group]
        row["wallMin"], row["wallMax"] = min(walls), max(walls)
        rows.append(row)
    return rows


def judge(rows):
    """Each target for which both sides were measured: the ratio and whether it holds."""
    index = {(row["corpus"], row["op"], row["tool"]): row for row in rows}
    result = []
    for corpus, op, measure, peers, limit in TARGETS:
        ours = index.get((corpus, op, OURS), {}).get(measure)
        others = {peer: index.get((corpus, op, peer), {}).get(measure) for peer in peers}
        others = {peer: value for peer, value in others.items() if value}
        if ours is None or not others:
            continue
        peer = min(others, key=others.get)
        ratio = ours / others[peer]
        result.append({"corpus": corpus, "op": op, "measure": measure, "ours": ours, "peer": peer,
                       "theirs": others[peer], "ratio": ratio, "target": limit, "ok": ratio <= limit,
                       "complete": len(others) == len(peers)})
    return result


def table(headings, rows, text=3):
    """Aligned columns; the first ones are text and go left."""
    cells = [headings] + [[str(cell) for cell in row] for row in rows]
    widths = [max(len(row[column]) for row in cells) for column in range(len(headings))]
    return "\n".join("  ".join(cell.ljust(width) if column < text else cell.rjust(width)
                               for column, (cell, width) in enumerate(zip(row, widths))).rstrip() for row in cells)


def megabytes(value):
    return "-" if value is None else f"{value / 1e6:.1f}"


def show(result):
    """The whole report as text."""
    parts = [f"{result['machine']['cpu']}, {result['machine']['cores']} cores, {result['machine']['memoryGiB']} GiB, "
             f"Linux {result['machine']['kernel']}; {result['started']}"]
    parts += [f"  {tool}: {version}" for tool, version in result["tools"].items()]
    for name, facts in result["corpora"].items():
        parts.append(f"  {name}: {facts['kind']}, {facts['files']} files, {megabytes(facts['bytes'])} MB")
    parts.append("")
    parts.append(table(
        ["corpus", "operation", "tool", "runs", "wall s", "min..max", "CPU s", "RSS MiB", "repo MB", "added MB",
         "foreign CPU s"],
        [[row["corpus"], row["op"], row["tool"], row["runs"], f"{row['wall']:.2f}",
          f"{row['wallMin']:.2f}..{row['wallMax']:.2f}", f"{row['cpu']:.2f}", f"{row['rssMiB']:.0f}",
          megabytes(row.get("repoBytes")), megabytes(row.get("incrementBytes")), f"{row['foreignCpu']:.1f}"]
         for row in result["medians"]]))
    parts.append("CPU is that of the command and its children, RSS the peak of its largest process, foreign CPU what all"
                 " other programs used meanwhile.")
    if result["targets"]:
        parts.append("")
        parts.append(table(
            ["corpus", "operation", "measure", "ours", "theirs", "peer", "ratio", "target", ""],
            [[t["corpus"], t["op"], t["measure"], amount(t["measure"], t["ours"]), amount(t["measure"], t["theirs"]),
              t["peer"] + ("" if t["complete"] else "*"), f"{t['ratio']:.2f}", f"<= {t['target']:.2f}",
              "OK" if t["ok"] else "MISS"] for t in result["targets"]]))
        if not all(t["complete"] for t in result["targets"]):
            parts.append("* the other peer was not measured")
    if any(run["foreignCpu"] > 0.15 * run["wall"] for run in result["runs"]):
        parts.append("")
        parts.append("Other programs used CPU during some runs (last column): trust CPU seconds more than wall time.")
    return "\n".join(parts)


def amount(measure, value):
    if measure.endswith("Bytes"):
        return megabytes(value) + " MB"
    return f"{value:.0f} MiB" if measure == "rssMiB" else f"{value:.2f} s"
