"""Checks the bundle of one report. Needs Python 3.10 or newer and nothing else: ``python3 verify.py [FOLDER]``.

The files against the manifest, each act's bytes against its hash, neighbouring acts against each other, contents and
documents against the acts that name them. Says in Thai what is wrong and where, and ends with 1 when something is.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FORMAT = 1
MANIFEST, SEAL, ACTS = "manifest.json", "manifest.sha256", "acts.jsonl"
SAFE = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9]+)*(/[A-Za-z0-9_-]+(\.[A-Za-z0-9]+)*)?\Z")
FORWARD = ("submit", "endorse", "confirm", "sign")
KINDS = {
    "submit": "เสนอตามลำดับชั้น", "endorse": "ลงความเห็นและเสนอต่อ", "confirm": "ยืนยันความเห็นเดิมและเสนอต่อ",
    "sign": "ลงนาม", "skip": "ข้ามขั้นตอน", "send_back": "ส่งคืนแก้ไข", "refuse": "ไม่อนุมัติ",
    "recall": "ดึงเรื่องกลับ", "withdraw": "ถอนเรื่อง", "number": "ออกเลข", "void_number": "ยกเลิกเลข",
}  # fmt: skip
Facts = dict[str, Any]


class Unreadable(Exception):
    """Nothing further can be checked; the message says why."""


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def read(folder: Path, name: str) -> bytes:
    try:
        return (folder / name).read_bytes()
    except OSError as problem:
        raise Unreadable(f"{name}: เปิดไม่ได้ หรือไม่มีไฟล์นี้") from problem


def manifest_of(folder: Path) -> Facts:
    data = read(folder, MANIFEST)
    if read(folder, SEAL).decode("ascii", "replace") != f"{sha256(data)}  {MANIFEST}\n":
        raise Unreadable(f"{MANIFEST}: ค่า SHA-256 ไม่ตรงกับ {SEAL} บัญชีไฟล์ถูกเปลี่ยน")
    try:
        manifest = json.loads(data)
        files = {str(one["name"]): (int(one["size"]), str(one["sha256"])) for one in manifest["files"]}
        sets = [(int(one["number"]), int(one["act"]), str(one["code"])) for one in manifest["sets"]]
        facts = {"files": files, "sets": sets, "acts": int(manifest["acts"]), "site": str(manifest["site"])}
    except (ValueError, KeyError, TypeError) as problem:
        raise Unreadable(f"{MANIFEST}: อ่านบัญชีไฟล์ไม่ได้") from problem
    if manifest.get("format") != FORMAT:
        raise Unreadable(f"{MANIFEST}: รูปแบบ {manifest.get('format')!r} โปรแกรมนี้ไม่รู้จัก")
    return facts


def wrong_files(folder: Path, files: Facts) -> Iterator[str]:
    """What the manifest says of the files, and files that it does not name."""
    for name, (size, digest) in files.items():
        if not SAFE.match(name):
            yield f"{MANIFEST}: ชื่อไฟล์ {name!r} ใช้ไม่ได้"
            continue
        try:
            data = read(folder, name)
        except Unreadable as problem:
            yield str(problem)
            continue
        if len(data) != size:
            yield f"{name}: ขนาด {len(data)} ไบต์ ไม่ตรงกับบัญชีไฟล์ ({size})"
        elif sha256(data) != digest:
            yield f"{name}: เนื้อไฟล์ถูกเปลี่ยน ค่า SHA-256 ไม่ตรงกับบัญชีไฟล์"
    for path in sorted(path for path in folder.rglob("*") if not path.is_dir()):
        name = path.relative_to(folder).as_posix()
        if name not in files and name not in (MANIFEST, SEAL):
            yield f"{name}: เป็นไฟล์ที่ไม่มีในบัญชี"


def acts_of(folder: Path) -> list[Facts]:
    """The acts as they were hashed, each with its ``hash``."""
    acts = []
    for number, line in enumerate(read(folder, ACTS).decode("utf-8", "replace").splitlines(), 1):
        place = f"{ACTS} บรรทัดที่ {number}"
        try:
            said = json.loads(line)
            payload = base64.b64decode(said["payload"], validate=True)
            act = json.loads(payload)
            same = (
                act["sequence"] == said["sequence"] and base64.b64encode(payload).decode() == said["payload"]
            )
        except (ValueError, KeyError, TypeError) as problem:
            raise Unreadable(f"{place}: อ่านไม่ได้") from problem
        if sha256(payload) != said.get("hash") or not same:
            raise Unreadable(f"{place}: ข้อมูลของการกระทำไม่ตรงกับแฮชของมัน")
        acts.append({**act, "hash": said["hash"]})
    if not acts:
        raise Unreadable(f"{ACTS}: ไม่มีการกระทำใดเลย")
    return acts


def wrong_chain(acts: list[Facts], count: int) -> Iterator[str]:
    """Order, links between neighbours, one report of one authority, and states that follow each other."""
    if len(acts) != count:
        yield f"{ACTS}: มี {len(acts)} การกระทำ แต่บัญชีบอกว่า {count}"
    if acts[0]["state_before"] != "writing":
        yield f"การกระทำที่ {acts[0]['sequence']}: ไม่ใช่การกระทำแรกของเรื่อง ข้างหน้าหายไป"
    for before, act in zip(acts[:-1], acts[1:], strict=True):
        place = f"การกระทำที่ {act['sequence']}"
        if act["sequence"] <= before["sequence"]:
            yield f"{place}: ลำดับไม่เพิ่มขึ้นจาก {before['sequence']}"
        if act["sequence"] == before["sequence"] + 1 and act["previous_hash"] != before["hash"]:
            yield f"{place}: ไม่ต่อจากการกระทำที่ {before['sequence']} แฮชก่อนหน้าไม่ตรง"
        if (act["organisation_id"], act["approval_id"]) != (before["organisation_id"], before["approval_id"]):
            yield f"{place}: เป็นของเรื่องอื่น"
        if act["state_before"] != before["state_after"] or act["round"] < before["round"]:
            yield f"{place}: สถานะไม่ต่อจากการกระทำที่ {before['sequence']} มีการกระทำหายไป"


def wrong_documents(acts: list[Facts], files: Facts, sets: list[Any]) -> Iterator[str]:
    """Every document that an act carries is there, and none that no act carries."""
    left = {name for name in files if name.startswith(("documents/", "content/", "scans/", "final/"))}
    there = {(name.split("/")[0], digest): name for name, (_size, digest) in files.items()}
    issuing = [act for act in acts if act.get("document_set_id") is not None]
    codes = [(number, act["sequence"], code_of(act)) for number, act in enumerate(issuing, 1)]
    if codes != sets:
        yield f"{MANIFEST}: ชุดเอกสารหรือรหัสไม่ตรงกับการกระทำ"
    for number, act in enumerate(issuing, 1):
        left.discard(f"final/{number}.pdf")
        for kind in ("memo", "measures"):
            name = f"documents/{number}-{kind}.docx"
            left.discard(name)
            if name not in files or files[name][1] != act[f"{kind}_sha256"]:
                yield f"{name}: ไม่ใช่เอกสารที่การกระทำที่ {act['sequence']} ออกไว้"
    for act in acts:
        for room, digest in (("content", act.get("content_sha256")), ("scans", act.get("scan_sha256"))):
            if digest and (room, digest) not in there:
                yield f"{room}/: ไม่มีไฟล์ที่การกระทำที่ {act['sequence']} อ้างถึง ({digest[:12]}…)"
            left.discard(there.get((room, digest), ""))
    for name in sorted(left):
        yield f"{name}: ไม่มีการกระทำใดอ้างถึงไฟล์นี้"


def code_of(act: Facts) -> str:
    plain = act["hash"][:20].upper()
    return "-".join(plain[at : at + 4] for at in range(0, 20, 4))


def told(folder: Path, acts: list[Facts], facts: Facts) -> Iterator[str]:
    """What the bundle proves, in words; read from what was hashed, never from the manifest."""
    named = next((act["content_sha256"] for act in reversed(acts) if act["content_sha256"]), "")
    for name, (_size, digest) in facts["files"].items():
        if digest == named and name.startswith("content/"):
            content = json.loads(read(folder, name))
            yield f"{content['organisation']['name']}: {' '.join(content['report']['title'])}"
    for act in acts:
        if act["kind"] in KINDS:
            titles = " ".join(act["printed_title"])
            yield f"  {act['sequence']}. {act['acted_at'][:10]} {KINDS[act['kind']]}: {act['printed_name']} {titles}"
            if act.get("document_set_id") is not None:
                yield f"     รหัส {code_of(act)}"
    yield f"เทียบรหัสสุดท้ายกับที่พิมพ์บนเอกสาร และกับ {facts['site']}/v/ เพื่อให้แน่ใจว่าไม่มีส่วนท้ายถูกตัดออก"


def wrong(folder: Path, facts: Facts) -> Iterator[str]:
    yield from wrong_files(folder, facts["files"])
    acts = acts_of(folder)
    yield from wrong_chain(acts, facts["acts"])
    yield from wrong_documents(acts, facts["files"], facts["sets"])


def main() -> int:
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else __file__).resolve()
    folder = folder if folder.is_dir() else folder.parent
    found: list[str] = []
    try:
        facts = manifest_of(folder)
        found.extend(wrong(folder, facts))
    except Unreadable as problem:
        found.append(str(problem))
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        found.append(f"{ACTS}: ข้อมูลของการกระทำไม่ครบหรือผิดชนิด ({problem})")
    if found:
        print("ไม่ผ่าน พบสิ่งที่ไม่ตรงกัน:")
        print("\n".join(f"- {sentence}" for sentence in found))
        return 1
    print("ผ่าน ทุกไฟล์ ทุกการกระทำ และทุกเอกสารตรงกัน")
    print("\n".join(told(folder, acts_of(folder), facts)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
