#!/usr/bin/env python3
"""Kiểm tra bản xuất hồ sơ: mọi tệp còn nguyên như khi xuất, không thiếu, không thừa.

Cách dùng: python3 kiem-tra.py. Mã kết thúc: 0 nguyên vẹn, 1 có sai khác.
"""
import hashlib
import pathlib
import sys

here = pathlib.Path(__file__).resolve().parent
bad, known = 0, {"SHA256SUMS"}
for line in (here / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
    want, name = line.split("  ", 1)
    known.add(name)
    path = here / name
    if not path.is_file():
        bad += 1
        print("SAI: thiếu tệp", name)
        continue
    h = hashlib.sha256()
    with path.open("rb") as f:
        for part in iter(lambda: f.read(1 << 20), b""):
            h.update(part)
    if h.hexdigest() != want:
        bad += 1
        print("SAI: nội dung đã thay đổi:", name)
for path in here.rglob("*"):
    name = path.relative_to(here).as_posix()
    if path.is_file() and name not in known:
        bad += 1
        print("SAI: tệp thừa, không có khi xuất:", name)
if bad:
    print("CÓ SAI KHÁC: bản xuất không còn như khi xuất.")
    sys.exit(1)
print("Nguyên vẹn:", len(known) - 1, "tệp đúng như khi xuất.")
