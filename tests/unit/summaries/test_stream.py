"""The command reads lines, writes briefs, names bad lines by number and goes on."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from summaries.stream import main

ROOT = Path(__file__).parents[3]
TEXT = (
    "(CNN) -- The harbour of Port Elin was closed on Monday after a ferry ran aground near the lighthouse. "
    "All 212 passengers were taken off by lifeboats before noon on the same day."
)


class Shell:
    """Runs the command on lines, in this process."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
        self._monkeypatch = monkeypatch
        self._captured = capsysbinary

    def run(self, lines: bytes, *arguments: str) -> tuple[int, list[dict[str, object]], str]:
        self._monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(lines)))
        code = main(list(arguments))
        out, err = self._captured.readouterr()
        return code, [json.loads(line) for line in out.splitlines()], err.decode()


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Shell:
    return Shell(monkeypatch, capsysbinary)


def line(row: object) -> bytes:
    return json.dumps(row).encode() + b"\n"


def test_an_article_gives_its_brief(shell: Shell) -> None:
    code, rows, err = shell.run(line({"id": 7, "title": "", "text": TEXT}), "--sentences", "1")
    assert code == 0
    assert err == ""
    (row,) = rows
    assert row["id"] == 7
    assert row["language"] == "en"
    sentence = row["sentences"][0]  # type: ignore[index]  # JSON has no types
    assert sentence == {"text": TEXT[9:101], "doc": 0, "start": 9, "end": 101}
    assert row["summary"] == TEXT[9:101]


def test_many_articles_name_the_one_by_its_number(shell: Shell) -> None:
    docs = [{"title": "", "text": ""}, {"title": None, "text": TEXT, "published": 5}]
    code, rows, _ = shell.run(line({"id": "s", "docs": docs}), "--words", "30", "--explain")
    assert code == 0
    sentences = rows[0]["sentences"]
    assert isinstance(sentences, list)
    assert {s["doc"] for s in sentences} == {1}
    assert all(docs[s["doc"]]["text"][s["start"] : s["end"]] == s["text"] for s in sentences)
    assert set(sentences[0]) == {"text", "doc", "start", "end", "agreed_by", "parts"}


def test_bad_lines_are_numbered_and_passed_over(shell: Shell) -> None:
    bad = [
        b"nope\n",
        b"[1]\n",
        b'{"id": 1}\n',
        b'{"docs": 5}\n',
        b'{"docs": [{"text": 1}]}\n',
        b"\xff\xfe\n",
        b"[" * 9999,
    ]
    lines = line({"id": 1, "text": TEXT}) + b"\n" + b"".join(bad[:-1]) + line({"id": 2, "text": ""}) + bad[-1]
    code, rows, err = shell.run(lines)
    assert code == 1
    assert [row["id"] for row in rows] == [1, 2]
    assert [int(fault.split(":")[0].removeprefix("line ")) for fault in err.splitlines()] == [
        3,
        4,
        5,
        6,
        7,
        8,
        10,
    ]
    assert rows[1]["reason"] == "There is no text."


def test_a_lone_surrogate_comes_out_as_it_went_in(shell: Shell) -> None:
    text = rb'"\ud800 The harbour of Port Elin was closed on Monday."'
    code, rows, _ = shell.run(b'{"id": 1, "text": ' + text + b"}\n")
    assert code == 0
    assert rows[0]["summary"] == json.loads(text)


@pytest.mark.parametrize(
    "arguments", [["--words", "0"], ["--words", "x"], ["--words", "5", "--sentences", "2"], ["--ranker", "?"]]
)
def test_wrong_usage_is_2(shell: Shell, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        shell.run(b"", *arguments)
    assert stopped.value.code == 2


def test_a_wrong_number_of_words_is_told_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    for wrong in ("x", "0", "-1", "1.5"):
        with pytest.raises(SystemExit):
            main([f"--words={wrong}"])
        assert capsys.readouterr().err.endswith(f"{wrong} is not a whole number from 1 up\n")


def test_a_line_that_is_no_json_is_told_where_it_goes_wrong(shell: Shell) -> None:
    _, _, err = shell.run(b'{"text": nope}\n')
    assert err == "line 1: not JSON (Expecting value at character 10); passed over\n"


def test_two_processes_give_the_same_lines_in_the_same_order() -> None:
    lines = b"".join(
        line({"id": n, "text": f"{TEXT} Ferry number {n} left the port at noon."}) for n in range(70)
    )

    def run(*arguments: str) -> bytes:
        command = [sys.executable, "-m", "summaries", "--words", "30", *arguments]
        return subprocess.run(command, input=lines, capture_output=True, check=True, cwd=ROOT).stdout

    alone = run()
    assert alone == run("--jobs", "2")
    assert [json.loads(row)["id"] for row in alone.splitlines()] == list(range(70))


def test_importing_the_room_loads_nothing_heavy() -> None:
    heavy = "('numpy', 'sumy', 'py3langid', 'nltk')"
    code = f"import sys, summaries; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=ROOT, text=True)
    assert done.stdout.strip() == "[]"
