"""The words of many problems at once are those of each problem by itself."""

from tests.validators.dialects import workbook
from transforms.intake.read.file import read
from validators.verdict import judge

HEADER = ["period", "area_code", "scheme", "sex", "age_group", "beneficiaries"]


def test_words_of_all_problems(tamara, reference) -> None:
    rows = [["2026-10", "0101", "cash", "Q", "Y0T17", -1 - i] for i in range(3)]
    rows += [["2026-10", "0102", "cash", "F", "Y0T17", None], ["2026-10", "999999", "cash", "F", "Y0T17", 1]]
    verdict = judge(read(workbook(HEADER, rows), tamara), tamara, reference)
    assert len(verdict.problems) > 10
    assert verdict.texts().tolist() == [problem.texts() for problem in verdict.listed()]
