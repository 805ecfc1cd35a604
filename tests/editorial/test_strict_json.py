"""JSON as we accept it: what is refused, and where it says so."""

import json

import pytest

from briefings.editorial import strict_json
from briefings.editorial.strict_json import Unreadable, read_list


@pytest.fixture
def read(tmp_path):
    def read(content):
        path = tmp_path / "file.json"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return list(read_list(path))

    return read


@pytest.mark.parametrize(
    ("content", "sentence", "line"),
    [
        ("", "empty", 1),
        ("  \n \n", "empty", 1),
        ("{}", "not “{”", 1),
        ("null", "not “n”", 1),
        ("[", "cut off", 1),
        ("[{}", "the end of the file", 1),
        ("[{},\n", "cut off", 2),
        ('[{"a": 1', "not JSON", 1),
        ("[{},\n{]", "not JSON", 2),
        ("[{}] {}", "follows the end", 1),
        ("[{} {}]", "not “{”", 1),
        ("[{},]", "not JSON", 1),
        ('[\n{"a": 1,\n"a": 2}]', "“a” stands twice", 2),
        ('[{"a": {"b": 1, "b": 1}}]', "“b” stands twice", 1),
        ('[{"a": NaN}]', "NaN is not a value", 1),
        ('[{"a": Infinity}]', "Infinity is not a value", 1),
        ('[{"a": -Infinity}]', "-Infinity is not a value", 1),
        ('[{"a": ' + "9" * 5000 + "}]", "5000 digits", 1),
        ("[" * 100_000, "nested too deeply", 1),
        ('[{"a":' * 100_000, "nested too deeply", 1),
        ("[{'a': 1}]", "not JSON", 1),
        ("[{a: 1}]", "not JSON", 1),
        ('[{"a": "\t"}]', "not JSON", 1),
        ("[{}, // more\n{}]", "not JSON", 1),
        (b'[{"a": "\xff"}]', "not UTF-8", 1),
        (b'[{"a": "caf\xe9"}]', "not UTF-8", 1),
        ('[{"a": 1}]'.encode("utf-16"), "not UTF-8", 1),
    ],
)
def test_what_is_not_strict_json_is_refused_with_its_line(read, content, sentence, line):
    with pytest.raises(Unreadable, match=sentence) as refused:
        read(content)
    assert refused.value.line == line


def test_objects_come_with_their_lines(read):
    assert read('[\n  {"a": 1},\n\n  {"b":\n 2}\n,3]\n') == [(2, {"a": 1}), (4, {"b": 2}), (6, 3)]


@pytest.mark.parametrize("content", ["[]", " [ ] \n", "\ufeff[]"])
def test_an_empty_list_and_a_byte_order_mark_are_no_fault(read, content):
    assert read(content) == []


def test_what_comes_before_a_fault_is_still_read(tmp_path):
    path = tmp_path / "file.json"
    path.write_text('[{"a": 1},\n{"b": }]')
    objects = read_list(path)
    assert next(objects) == (1, {"a": 1})
    with pytest.raises(Unreadable):
        next(objects)


def test_a_file_read_in_small_pieces_reads_the_same(read, monkeypatch):
    objects = [{"text": '“café” \\ " \n' * number, "n": [number, None]} for number in range(60)]
    content = json.dumps(objects, ensure_ascii=False, indent=1)
    whole = read(content)
    monkeypatch.setattr(strict_json, "CHUNK", 7)
    assert read(content) == whole
    assert [value for _line, value in whole] == objects


def test_an_object_beyond_the_limit_is_refused_without_reading_on(read, monkeypatch):
    monkeypatch.setattr(strict_json, "CHUNK", 100)
    monkeypatch.setattr(strict_json, "MAX_OBJECT", 1000)
    assert len(read('[{"a": "' + "x" * 900 + '"}]')) == 1
    with pytest.raises(Unreadable, match="1000 characters"):
        read('[{"a": "' + "x" * 5000 + '"}]')
