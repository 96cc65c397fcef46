"""The archives of robustness A, each made by code: `case_A01(tmp_path) -> Path` and what must become of it."""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from .slack_shape import DAY, Member, day, deflated, files, members, message, raw_zip, zipped

REFUSED, IMPORTED, PROBLEMS = "refused", "imported", "problems"
MIB = 1 << 20


def _written(tmp_path: Path, content: bytes, name: str = "export.zip") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def _named(tmp_path: Path, *names: str) -> Path:
    return _written(tmp_path, raw_zip([*members(files()), *(Member(name.encode(), day()) for name in names)]))


def case_A01(tmp_path: Path) -> Path:
    """256 MB of zeros in 261 KB."""
    return _written(tmp_path, raw_zip([*members(files()), deflated("general/2024-01-02.json", bytes(MIB), 256)]))


def case_A02(tmp_path: Path) -> Path:
    """A bzip2 member."""
    return zipped(tmp_path, files(bytes(MIB)), method=zipfile.ZIP_BZIP2)


def case_A03(tmp_path: Path) -> Path:
    """An LZMA member."""
    return zipped(tmp_path, files(bytes(MIB)), method=zipfile.ZIP_LZMA)


def case_A04(tmp_path: Path) -> Path:
    """Many entries on one local header."""
    first = deflated("general/2024-01-02.json", bytes(MIB), 8)
    return _written(tmp_path, raw_zip([first, *(first._replace(at=0) for _ in range(9))]))


def case_A05(tmp_path: Path) -> Path:
    """Quoted overlap: each member's data covers the local headers of those after it."""
    plain = members(files())
    after = raw_zip(plain)
    first = plain[0]._replace(packed=len(after) // 2, size=len(after) // 2)
    return _written(tmp_path, raw_zip([first, *plain[1:]]))


def case_A06(tmp_path: Path) -> Path:
    """Zips inside a zip and nothing else, like 42.zip."""
    inner = raw_zip([deflated("0.dll", bytes(MIB), 1)])
    return zipped(tmp_path, {f"lib {n}.zip": inner for n in range(16)})


def case_A07(tmp_path: Path) -> Path:
    """An export that holds a zip of itself."""
    return zipped(tmp_path, {**files(), "export.zip": raw_zip(members(files()))})


def case_A08(tmp_path: Path) -> Path:
    """100,000 empty entries."""
    return _written(tmp_path, raw_zip([*members(files()), *(Member(b"files/%06d" % n) for n in range(100_000))], count=100_003 & 0xFFFF))


def case_A09(tmp_path: Path) -> Path:
    """The end record states another number of entries."""
    return _written(tmp_path, raw_zip(members(files()), count=2))


def case_A10(tmp_path: Path) -> Path:
    """A directory of long names, larger than all content."""
    return _written(tmp_path, raw_zip([*members(files()), *(Member(b"x" * 60_000 + b"%03d" % n) for n in range(100))]))


def case_A11(tmp_path: Path) -> Path:
    """A name that climbs out."""
    return _named(tmp_path, "../../x.json")


def case_A12(tmp_path: Path) -> Path:
    """An absolute name."""
    return _named(tmp_path, "/etc/x.json")


def case_A13(tmp_path: Path) -> Path:
    """A drive."""
    return _named(tmp_path, "C:\\x.json")


def case_A14(tmp_path: Path) -> Path:
    """Climbing out with a backslash."""
    return _named(tmp_path, "..\\x.json")


def case_A15(tmp_path: Path) -> Path:
    """Climbing out from inside."""
    return _named(tmp_path, "a/../../b.json")


def case_A16(tmp_path: Path) -> Path:
    """A NUL in a name."""
    return _named(tmp_path, "x\0y.txt")


def case_A17(tmp_path: Path) -> Path:
    """Names of devices on Windows: harmless, as nothing is extracted, and a channel may be named aux."""
    return _named(tmp_path, "aux/2024-01-01.json", "con.txt", "a:b.txt")


def case_A18(tmp_path: Path) -> Path:
    """A trailing dot and a trailing space."""
    return _named(tmp_path, "notes./2024-01-01.txt", "other.txt ")


def case_A19(tmp_path: Path) -> Path:
    """A name of 10,000 characters."""
    return _named(tmp_path, "x" * 10_000 + ".json")


def case_A20(tmp_path: Path) -> Path:
    """Two names that differ in case only."""
    return _named(tmp_path, "General/2024-01-01.json")


def case_A21(tmp_path: Path) -> Path:
    """A symbolic link as a member."""
    return _written(tmp_path, raw_zip([*members(files()), Member(b"passwd.json", b"/etc/passwd", mode=0o120777)]))


def _tar(tmp_path: Path, *extra: tarfile.TarInfo, packed: bool = True, form: int = tarfile.GNU_FORMAT) -> Path:
    path = tmp_path / ("export.tar.gz" if packed else "export.tar")
    with tarfile.open(path, "w:gz" if packed else "w", format=form) as archive:
        for name, content in files().items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
        for info in extra:
            archive.addfile(info, io.BytesIO(bytes(info.size)) if info.isreg() else None)
    return path


def _special(name: str, kind: bytes, target: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info


def case_A22(tmp_path: Path) -> Path:
    """A hard link in a tar."""
    return _tar(tmp_path, _special("shadow.json", tarfile.LNKTYPE, "/etc/shadow"))


def case_A23(tmp_path: Path) -> Path:
    """A device and a fifo in a tar."""
    return _tar(tmp_path, _special("dev.json", tarfile.CHRTYPE), _special("fifo.json", tarfile.FIFOTYPE))


def case_A24(tmp_path: Path) -> Path:
    """One name twice, with other content."""
    return _written(tmp_path, raw_zip([*members(files()), Member(DAY.encode(), day(message(9)))]))


def case_A25(tmp_path: Path) -> Path:
    """An encrypted member."""
    plain = members(files())
    return _written(tmp_path, raw_zip([*plain[:-1], plain[-1]._replace(flags=1)]))


def case_A26(tmp_path: Path) -> Path:
    """An unknown method."""
    plain = members(files())
    return _written(tmp_path, raw_zip([*plain[:-1], plain[-1]._replace(method=77)]))


def case_A27(tmp_path: Path) -> Path:
    """An unknown version."""
    plain = members(files())
    return _written(tmp_path, raw_zip([*plain[:-1], plain[-1]._replace(version=99)]))


def case_A28(tmp_path: Path) -> Path:
    """Cut off."""
    content = raw_zip(members(files()))
    return _written(tmp_path, content[: len(content) * 2 // 3])


def case_A29(tmp_path: Path) -> Path:
    """A wrong checksum."""
    plain = members(files())
    return _written(tmp_path, raw_zip([*plain[:-1], plain[-1]._replace(crc=1)]))


def case_A30(tmp_path: Path) -> Path:
    """The header says 10 bytes, the data is 1 MB."""
    return _written(tmp_path, raw_zip([*members(files()), deflated("general/2024-01-02.json", b" " * MIB, 1)._replace(size=10)]))


def case_A31(tmp_path: Path) -> Path:
    """A zip behind a PDF."""
    return _written(tmp_path, b"%PDF-1.7\n" + raw_zip(members(files())))


def case_A32(tmp_path: Path) -> Path:
    """A zip64 locator that points at nothing."""
    content = raw_zip(members(files()))
    return _written(tmp_path, content[:-22] + b"PK\x06\x07" + struct.pack("<LQL", 0, 1 << 40, 1) + content[-22:])


def case_A33(tmp_path: Path) -> Path:
    """One part of several."""
    return _written(tmp_path, raw_zip(members(files()), disk=3))


def case_A34(tmp_path: Path) -> Path:
    """Names in code page 437, in UTF-8 that says so and in UTF-8 that does not."""
    plain = members(files())
    return _written(
        tmp_path,
        raw_zip(
            [
                *plain,
                Member("café/2024-01-01.json".encode("cp437"), day(message(7))),
                Member("thé/2024-01-01.json".encode(), day(message(8)), flags=0x800),
                Member("größe/2024-01-01.json".encode(), day(message(9))),
            ]
        ),
    )


def case_A35(tmp_path: Path) -> Path:
    """Zipped again on a Mac: one folder deeper, with noise."""
    deeper = {f"My export/{name}": content for name, content in files().items()}
    noise = {"__MACOSX/My export/._users.json": b"\0\5", "My export/.DS_Store": b"\0", "My export/general/Thumbs.db": b"\0"}
    return zipped(tmp_path, {**deeper, **noise})


def _patched_tar(tmp_path: Path, size: bytes) -> Path:
    """A plain tar whose second member states another size, with a right checksum."""
    path = _tar(tmp_path, packed=False)
    content = bytearray(path.read_bytes())
    first = 512 + (len(files()["users.json"]) + 511) // 512 * 512
    content[first + 124 : first + 136] = size
    content[first + 148 : first + 156] = b" " * 8
    content[first + 148 : first + 156] = b"%06o\0 " % sum(content[first : first + 512])
    path.write_bytes(content)
    return path


def case_A36(tmp_path: Path) -> Path:
    """A negative size, as base-256 number."""
    return _patched_tar(tmp_path, b"\xff" * 10 + b"\xff\x00")


def case_A37(tmp_path: Path) -> Path:
    """A link to a folder outside, and a file that goes through it."""
    return _tar(tmp_path, _special("x", tarfile.SYMTYPE, "../../.."), tarfile.TarInfo("x/../../evil.json"))


def case_A38(tmp_path: Path) -> Path:
    """A gzip bomb: 256 MB of zeros."""
    block = gzip.compress(bytes(8 * MIB))
    return _written(tmp_path, block * 32, "export.tar.gz")


def case_A39(tmp_path: Path) -> Path:
    """A tar in several gzip members."""
    content = gzip.decompress(_tar(tmp_path).read_bytes())
    return _written(tmp_path, b"".join(gzip.compress(content[n : n + 1000]) for n in range(0, len(content), 1000)), "export.tar.gz")


def case_A40(tmp_path: Path) -> Path:
    """A sparse member."""
    return _tar(tmp_path, _special("sparse.json", tarfile.GNUTYPE_SPARSE))


def case_A41(tmp_path: Path) -> Path:
    """An extended header that states 1 GB."""
    header = tarfile.TarInfo("x")
    header.type, header.size = tarfile.XHDTYPE, 1 << 30
    path = _tar(tmp_path, packed=False)
    with path.open("wb") as file:
        file.write(header.tobuf())
        file.truncate(1 << 30)
        file.seek(0, io.SEEK_END)
        file.write(bytes(4096))
    return path


def case_A42(tmp_path: Path) -> Path:
    """A wrong header checksum in the middle."""
    path = _tar(tmp_path, packed=False)
    content = bytearray(path.read_bytes())
    content[512 + (len(files()["users.json"]) + 511) // 512 * 512 + 3] ^= 0x55
    path.write_bytes(content)
    return path


def case_A43(tmp_path: Path) -> Path:
    """The page to sign in, saved as .zip."""
    return _written(tmp_path, b"<!DOCTYPE html><html><body>Please sign in</body></html>")


def case_A44(tmp_path: Path) -> Path:
    """0 bytes."""
    return _written(tmp_path, b"")


CASES: dict[str, tuple[Callable[[Path], Path], str]] = {
    "A01": (case_A01, REFUSED), "A02": (case_A02, REFUSED), "A03": (case_A03, REFUSED), "A04": (case_A04, REFUSED),
    "A05": (case_A05, REFUSED), "A06": (case_A06, REFUSED), "A07": (case_A07, PROBLEMS), "A08": (case_A08, IMPORTED),
    "A09": (case_A09, REFUSED), "A10": (case_A10, REFUSED), "A11": (case_A11, REFUSED), "A12": (case_A12, REFUSED),
    "A13": (case_A13, REFUSED), "A14": (case_A14, REFUSED), "A15": (case_A15, REFUSED), "A16": (case_A16, REFUSED),
    "A17": (case_A17, IMPORTED), "A18": (case_A18, IMPORTED), "A19": (case_A19, REFUSED), "A20": (case_A20, PROBLEMS),
    "A21": (case_A21, PROBLEMS), "A22": (case_A22, PROBLEMS), "A23": (case_A23, PROBLEMS), "A24": (case_A24, REFUSED),
    "A25": (case_A25, REFUSED), "A26": (case_A26, REFUSED), "A27": (case_A27, REFUSED), "A28": (case_A28, REFUSED),
    "A29": (case_A29, REFUSED), "A30": (case_A30, REFUSED), "A31": (case_A31, REFUSED), "A32": (case_A32, REFUSED),
    "A33": (case_A33, REFUSED), "A34": (case_A34, IMPORTED), "A35": (case_A35, IMPORTED), "A36": (case_A36, REFUSED),
    "A37": (case_A37, REFUSED), "A38": (case_A38, REFUSED), "A39": (case_A39, IMPORTED), "A40": (case_A40, PROBLEMS),
    "A41": (case_A41, REFUSED), "A42": (case_A42, REFUSED), "A43": (case_A43, REFUSED), "A44": (case_A44, REFUSED),
}  # fmt: skip
"""Case → (maker, what must become of it). A45 and A46 need a file that changes while it is read: see test_archives."""
