"""The verifier's sentences, in both languages: no catalogue and no templates, so that it stands alone.

Must not know how anything is checked.
"""

from collections.abc import Iterator, Mapping
from typing import Literal

from bot.domain.record import Json
from bot.verify.findings import Check, Report

Language = Literal["zh", "en"]

_SAID: Mapping[tuple[str, str], tuple[str, str]] = {
    ("container", "ok"): (
        "文件包完整：{members} 个文件，每个字节都对得上",
        "Container whole: {members} files, every byte accounted for",
    ),
    ("container", "broken"): ("文件包被改动：{place}", "The container was changed: {place}"),
    ("manifest", "ok"): ("清单：{files} 个文件的摘要全部相符", "Manifest: the digests of all {files} files match"),
    ("manifest", "broken"): ("清单与文件不符：{place}", "The manifest does not match: {place}"),
    ("manifest-signature", "ok"): (
        "清单签名有效，公钥指纹 {fingerprint}",
        "The manifest’s signature is valid; fingerprint of the public key: {fingerprint}",
    ),
    ("manifest-signature", "broken"): ("清单签名无效：{place}", "The manifest’s signature is not valid: {place}"),
    ("chain", "ok"): ("记录链完整：{entries} 条，链头 {head}", "Chain whole: {entries} entries, head {head}"),
    ("chain", "broken"): ("记录链在第 {place} 条断开（{what}）", "The chain breaks at entry {place} ({what})"),
    ("bodies", "ok"): ("{bodies} 条内容与记录链相符", "The contents of {bodies} entries match the chain"),
    ("bodies", "broken"): (
        "第 {place} 条的内容被改动，或缺失而没有删除记录",
        "The content of entry {place} was changed, or is missing and no entry says that it was erased",
    ),
    ("erased", "ok"): (
        "前 {entries} 条内容已删除：{at}，{by}（{role}），理由：{reason}；记录链仍完整",
        (
            "The contents of the first {entries} entries were erased on {at} by {by} ({role}), reason: {reason}; "
            "the chain still holds"
        ),
    ),
    ("text-erased", "ok"): (
        "第 {of} 条的文字已删除：{at}，{by}（{role}），理由：{reason}；记录链仍完整",
        "The text of entry {of} was erased on {at} by {by} ({role}), reason: {reason}; the chain still holds",
    ),
    ("seal", "ok"): (
        "封印有效：到第 {upto} 条为止，公钥指纹 {fingerprint}",
        "Seal valid: up to entry {upto}; fingerprint of the public key: {fingerprint}",
    ),
    ("seal", "broken"): ("第 {place} 条的封印无效", "The seal of entry {place} is not valid"),
    ("no-seal", "unknown"): ("没有封印：评价还没有关闭过", "No seal: the assessment was never closed"),
    ("unsealed", "unknown"): (
        "第 {entry} 条关闭了评价，但没有封印：无法证明它没有被替换",
        "Entry {entry} closed the assessment without a seal: that it was not replaced cannot be shown",
    ),
    ("later", "unknown"): (
        "封印只到第 {upto} 条；其后还有 {entries} 条记录没有封印",
        "The seal reaches to entry {upto}; {entries} later entries are under no seal",
    ),
    ("reopened", "ok"): (
        "关闭后曾重新打开 {times} 次，理由见记录",
        "Reopened {times} time(s) after closing; the reasons are in the record",
    ),
    ("keys", "unknown"): (
        (
            "用了 {keys} 个不同的密钥（{fingerprints}）。请问运行机器人的人是否换过密钥；没有换过，就是别人另签的，"
            "其中的网页报告和姓名都不可信"
        ),
        (
            "{keys} different keys were used ({fingerprints}). Ask whoever runs the bot whether the key was replaced; "
            "if not, somebody else signed this, and neither the page nor the names in it are to be trusted"
        ),
    ),
    ("posted", "ok"): (
        "与发给成员的封印码相符：到第 {upto} 条为止没有被替换",
        "Matches the seal code sent to the members: nothing up to entry {upto} was replaced",
    ),
    ("posted", "broken"): (
        "与给出的封印码不符：第 {place} 条或它之前有内容被替换",
        "Does not match the given seal code: entry {place} or something before it was replaced",
    ),
    ("posted-short", "broken"): (
        "与给出的封印码不符：文件到第 {entries} 条就结束了，封印到第 {place} 条；末尾被删掉，或文件是封印之前导出的",
        (
            "Does not match the given seal code: the file ends at entry {entries}, the seal reaches to entry {place}; "
            "its end was cut off, or it was exported before the seal"
        ),
    ),
    ("posted-early", "unknown"): (
        (
            "给出的封印码是较早一次关闭的，只到第 {upto} 条；其后到第 {last} 条是否被替换过，无法知道。"
            "请用最后一次关闭时发的封印码"
        ),
        (
            "The given code is of an earlier closing and reaches to entry {upto}; whether what follows, up to entry "
            "{last}, was replaced cannot be known. Give the code that was sent at the last closing"
        ),
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
    ("volume", "broken"): (
        "另外给出的第 {place} 个文件不是这个数据包的分卷，或内容不对",
        "File {place} of the further ones is no volume of this bundle, or does not hold what it must",
    ),
    ("volume-alone", "broken"): (
        "这是数据包的后续分卷，只有佐证材料：请连同第 1 卷一起核验（gradewalk verify 第1卷 其余各卷）",
        (
            "This is a further volume of a bundle and holds evidence alone: verify it together with volume 1 "
            "(gradewalk verify FIRST OTHERS)"
        ),
    ),
    ("volumes-missing", "unknown"): (
        "数据包共 {of} 卷，没有给出第 {volumes} 卷：其中的佐证材料没有核对。请把各卷一起核验",
        (
            "The bundle has {of} volumes and volume {volumes} was not given: the evidence in it was not checked. "
            "Verify all volumes together"
        ),
    ),
    ("renderings", "unknown"): (
        (
            "{files} 个供人阅读的文件（PDF、Word、Excel、网页、CSV）是由记录画出来的，这里不能重新画出来核对，"
            "只由上面的清单签名担保；与记录不一致时，以记录为准"
        ),
        (
            "{files} files for people to read (PDF, Word, Excel, page, CSV) were drawn from the record; they cannot "
            "be drawn again here, and the manifest’s signature above alone vouches for them. Where they and the record "
            "differ, the record counts"
        ),
    ),
    ("evidence", "ok"): (
        "{pieces} 份佐证材料与记录的摘要相符",
        "{pieces} piece(s) of evidence match the digests in the record",
    ),
    ("evidence", "broken"): ("佐证材料缺失、多出或被替换：{place}", "Evidence missing, added or replaced: {place}"),
    ("evidence-outside", "unknown"): (
        "{pieces} 份佐证材料不在这个文件里，无法核对；请核验数据包",
        "{pieces} piece(s) of evidence are not in this file and were not checked; verify the bundle",
    ),
    ("evidence-inside", "unknown"): (
        "{pieces} 份图片可能含拍摄位置、做不了干净副本，没有随文件带出，内容无法核对",
        "{pieces} picture(s) may tell where they were taken and have no clean copy, so they are not in this file",
    ),
    ("evidence-gone", "unknown"): (
        "{pieces} 份佐证材料已移除或没有取到，只留记录，内容无法核对",
        "{pieces} piece(s) of evidence were removed or never arrived; only their entries remain to be checked",
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
    ("closing", "ok"): (
        "{closings} 次关闭时记录的等级和总分都与当时的回答一致",
        "Grade and totals recorded at {closings} closing(s) follow from the answers of that time",
    ),
    ("closing", "broken"): (
        "第 {place} 条关闭时记录的等级或总分与当时的回答不符",
        "Grade or totals recorded at closing (entry {place}) do not follow from the answers of that time",
    ),
    ("written", "ok"): (
        "抬头、时间、数目和整个结果都与记录一致",
        "Head, times, counts and the whole result are those that follow from the record",
    ),
    ("written", "broken"): (
        "文件里有一处不是由记录得出的：{place}",
        "Something in the file does not follow from the record: {place}",
    ),
    ("outside", "unknown"): (
        "姓名和理由的句子不在记录链内（链内只有编号和代码）：JSON 单独存放时，它们被改过也看不出",
        (
            "Names, and the sentences of reasons, stand outside the chain, which holds ids and codes: changed in a "
            "JSON file on its own, they would not be noticed"
        ),
    ),
    ("outside-signed", "unknown"): (
        (
            "姓名、理由的句子和网页报告不在记录链内，只由上面的清单签名担保：请核对公钥指纹是否就是关闭时发给成员的那个，"
            "不是，就都不可信"
        ),
        (
            "Names, the sentences of reasons and the page stand outside the chain; the manifest’s signature above "
            "alone vouches for them: compare its fingerprint with the one sent to the members at closing, and trust "
            "none of them if it is another"
        ),
    ),
    ("format", "broken"): ("不是可读的 Gradewalk 记录：{place}", "Not a readable Gradewalk record: {place}"),
    ("page", "broken"): (
        "PDF、Word、Excel、网页、CSV 不能单独核验：请核验数据包（.zip），里面有同一份记录",
        (
            "A PDF, Word or Excel file, a page or a CSV table cannot be verified on its own: verify the bundle (.zip), "
            "which holds the same record"
        ),
    ),
}
_MARK = {"ok": ("通过", "ok"), "broken": ("不符", "BROKEN"), "unknown": ("未知", "unknown")}
_REASONS = {"draft-deleted": ("草稿被删除", "the draft was deleted"), "": ("未留下", "not kept")}
_ROLES = {
    "lead": ("组长", "lead"),
    "assessor": ("评价员", "assessor"),
    "viewer": ("旁观者", "viewer"),
    "operator": ("运行机器人的人", "operator"),
}
_CHANGED = ("结论：此文件与当初所出的不符。", "Conclusion: this file is not as it was issued.")
_SOUND = ("结论：没有发现改动。", "Conclusion: no change was found.")
_OPEN = (
    "结论：没有发现改动；标为“未知”的，仅凭这个文件无法判断。",
    "Conclusion: no change was found; what is marked “unknown” cannot be judged from this file alone.",
)
_NOTHING = (
    "结论：这种文件里没有可核验的内容，既没有发现改动，也没有排除改动。",
    "Conclusion: nothing in a file of this kind can be checked; it may be as it was issued, or changed.",
)
_NO_MARK = ("未核验", "NOT CHECKED")
_LIMITS = (
    "无法核对：账号背后是否本人，所述是否属实，材料何时拍摄。签名证明由持有该密钥的机器人发出，不是发布机构的证书。",
    (
        "Cannot be checked: whether the person behind an account is who they say, whether what was said is true, when "
        "a picture was taken. The signature shows that the bot with this key issued it; it is no certificate."
    ),
)


def sentences(report: Report, language: Language) -> Iterator[str]:
    """One line per check, then the conclusion and what no file can show."""
    side = _side(language)
    for check in report.checks:
        mark = _NO_MARK if check.code == "page" else _MARK[check.state]
        yield f"[{mark[side]}] {said(check, language)}"
    yield conclusion(report, language)
    yield _LIMITS[side]


def conclusion(report: Report, language: Language) -> str:
    """Nothing to be checked; changed; or not, as far as the file shows; or not, for certain."""
    nothing = report.first is not None and report.first.code == "page"
    end = _SOUND if report.certain else _OPEN if report.sound else _NOTHING if nothing else _CHANGED
    return end[_side(language)]


def said(check: Check, language: Language) -> str:
    """The sentence of one check."""
    side = _side(language)
    told: dict[str, str | int] = {"place": check.place, **check.params}
    if "reason" in told:
        told["reason"] = _REASONS[str(told["reason"])][side] if told["reason"] in _REASONS else told["reason"]
    if "role" in told:
        told["role"] = _ROLES[str(told["role"])][side] if told["role"] in _ROLES else told["role"]
    more = f"-{told['what']}" if told.get("what") in {"short", "signed"} else ""
    return _SAID[f"{check.code}{more}", check.state][side].format(**told)


def as_json(report: Report) -> dict[str, Json]:
    """The report for programs: verdict, and every check with its sentences."""
    return {
        "sound": report.sound,
        "certain": report.certain,
        "checks": [
            {
                "code": check.code,
                "state": check.state,
                "place": check.place,
                "params": dict(check.params),
                "zh": said(check, "zh"),
                "en": said(check, "en"),
            }
            for check in report.checks
        ],
        "conclusion": {"zh": conclusion(report, "zh"), "en": conclusion(report, "en")},
    }


def _side(language: Language) -> int:
    return 0 if language == "zh" else 1
