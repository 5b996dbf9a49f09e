"""The verifier's sentences, in both languages: no catalogue and no templates, so that it stands alone.

Must not know how anything is checked.
"""

from collections.abc import Iterator
from typing import Literal

from bot.verify.findings import Check, Report

Language = Literal["zh", "en"]

_SAID: dict[tuple[str, str], tuple[str, str]] = {
    ("container", "ok"): (
        "文件包完整：{members} 个成员，每个字节都对得上",
        "Container whole: {members} members, every byte accounted for",
    ),
    ("container", "broken"): ("文件包被改动：{place}", "The container was changed: {place}"),
    ("manifest", "ok"): ("清单：{files} 个文件的摘要全部相符", "Manifest: the digests of all {files} files match"),
    ("manifest", "broken"): ("清单与文件不符：{place}", "The manifest does not match: {place}"),
    ("manifest-signature", "ok"): ("清单签名有效，公钥 {key}", "The manifest’s signature is valid, public key {key}"),
    ("manifest-signature", "broken"): ("清单签名无效：{place}", "The manifest’s signature is not valid: {place}"),
    ("chain", "ok"): ("记录链完整：{entries} 条，链头 {head}", "Chain whole: {entries} entries, head {head}"),
    ("chain", "broken"): ("记录链在第 {place} 条断开（{what}）", "The chain breaks at entry {place} ({what})"),
    ("bodies", "ok"): ("{bodies} 条内容与记录链相符", "The contents of {bodies} entries match the chain"),
    ("bodies", "broken"): ("第 {place} 条的内容被改动或缺失", "The content of entry {place} was changed or is missing"),
    ("erased", "ok"): (
        "{entries} 条内容已依法删除，记录链仍完整",
        "The contents of {entries} entries were lawfully erased; the chain still holds",
    ),
    ("seal", "ok"): ("封印有效：第 {upto} 条为止，公钥 {key}", "Seal valid: up to entry {upto}, public key {key}"),
    ("seal", "broken"): ("第 {place} 条的封印无效", "The seal of entry {place} is not valid"),
    ("no-seal", "unknown"): ("尚无封印：评价还没有关闭", "No seal yet: the assessment was not closed"),
    ("reopened", "ok"): (
        "关闭后曾重新打开 {times} 次，见记录",
        "Reopened {times} time(s) after closing; see the record",
    ),
    ("posted", "ok"): (
        "与发给成员的封印码相符：第 {upto} 条为止没有被替换",
        "Matches the seal code sent to the members: nothing up to entry {upto} was replaced",
    ),
    ("posted", "broken"): (
        "与给出的封印码不符：第 {place} 条之前有内容被删除或替换",
        "Does not match the given seal code: something up to entry {place} was removed or replaced",
    ),
    ("not-posted", "unknown"): (
        (
            "没有给出封印码，因此无法知道：同时掌握数据库和签名密钥的人是否重写过整个记录、删掉过末尾。"
            "请用 --seal 给出关闭时发给各成员的封印码"
        ),
        (
            "No seal code was given, so this cannot be known: whether somebody with both database and key rewrote the "
            "whole record or cut off its end. Give the code that each member was sent at closing with --seal"
        ),
    ),
    ("scheme", "ok"): (
        "标准文本 {standard} 与记录所用的相同，摘要 {digest}",
        "The text of {standard} is the one the record was made with, digest {digest}",
    ),
    ("scheme", "broken"): (
        "标准文本与记录所用的不符：{place}",
        "The text of the standard is not the one the record was made with: {place}",
    ),
    ("evidence", "ok"): (
        "{pieces} 份佐证材料与记录的摘要相符",
        "{pieces} piece(s) of evidence match the digests in the record",
    ),
    ("evidence", "broken"): ("佐证材料缺失、多出或被替换：{place}", "Evidence missing, added or replaced: {place}"),
    ("evidence-removed", "unknown"): (
        "{pieces} 份佐证材料已被移除，只留记录，内容无法核对",
        "{pieces} piece(s) of evidence were removed; only their entries remain to be checked",
    ),
    ("score", "ok"): (
        "由各项回答重新计算，结果一致：{outcome}（{totals}）",
        "Computed again from the answers with the same result: {outcome} ({totals})",
    ),
    ("score", "broken"): (
        "重新计算的结果与所写不符：{place}",
        "Computed again, the result is not the one written down: {place}",
    ),
    ("not-scored", "unknown"): (
        "评价已删除，没有可计算的内容",
        "The assessment was deleted; there is nothing to compute",
    ),
    ("closing", "ok"): ("与关闭时记录的等级和总分一致", "Grade and totals are those recorded at closing"),
    ("closing", "broken"): (
        "与关闭时记录的等级或总分不符：{place}",
        "Grade or totals are not those recorded at closing: {place}",
    ),
    ("format", "broken"): ("不是可读的 Gradewalk 记录：{place}", "Not a readable Gradewalk record: {place}"),
}
_MARK = {"ok": ("通过", "ok"), "broken": ("不符", "BROKEN"), "unknown": ("未知", "unknown")}
_END = {
    True: ("结论：没有发现改动。", "Conclusion: no change was found."),
    False: ("结论：此文件与当初所出的不符。", "Conclusion: this file is not as it was issued."),
}
_LIMITS = (
    "无法核对：账号背后是否本人，所述是否属实，材料何时拍摄。签名证明由持有该密钥的机器人发出，不是发布机构的证书。",
    (
        "Cannot be checked: whether the person behind an account is who they say, whether what was said is true, when "
        "a picture was taken. The signature shows that the bot with this key issued it; it is no certificate."
    ),
)


def sentences(report: Report, language: Language) -> Iterator[str]:
    """One line per check, then the conclusion and what no file can show."""
    side = 0 if language == "zh" else 1
    for check in report.checks:
        yield f"[{_MARK[check.state][side]}] {said(check, language)}"
    yield _END[report.sound][side]
    yield _LIMITS[side]


def said(check: Check, language: Language) -> str:
    """The sentence of one check."""
    return _SAID[check.code, check.state][0 if language == "zh" else 1].format(place=check.place, **check.params)
