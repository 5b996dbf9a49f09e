"""The codes of all problems, each with its rule and its remedy in both languages.

`{name}` is filled from the problem's parameters. Codes are public and never change their meaning. Must not know where a
problem is found. The sentences stand by subject: files and forms here, schemes and answers in their own tables.
"""

from collections.abc import Mapping

from bot.library.answer_rules import ANSWER_RULES
from bot.library.rule import Rule, error, warning
from bot.library.scheme_rules import SCHEME_RULES

FILE_RULES: Mapping[str, Rule] = {
    "unreadable": error(
        "文件无法读取：{what}。",
        "The file cannot be read: {what}.",
        "检查路径与权限。",
        "Check its path and permissions.",
    ),
    "no-schemes": error(
        "此文件夹中没有标准文件（*.yaml）。",
        "There is no scheme file (*.yaml) in this folder.",
        "检查 SCHEMES_DIR。",
        "Check SCHEMES_DIR.",
    ),
    "file-name": warning(
        "文件名应为“{expected}”。", "The file should be named '{expected}'.", "请改名。", "Rename it."
    ),
    "too-large": error(
        "文件最大 {limit} 字节，此文件为 {size}。",
        "A file has at most {limit} bytes, this one has {size}.",
        "请缩短。",
        "Shorten it.",
    ),
    "not-utf8": error(
        "文件必须是 UTF-8，此处为 {found}。",
        "A file is UTF-8; here stands {found}.",
        "在编辑器中另存为 UTF-8。",
        "Save it as UTF-8 in your editor.",
    ),
    "tab": error("不得使用制表符。", "Tabs are not allowed.", "改用空格。", "Write spaces."),
    "forbidden-character": error(
        "不得含有控制字符 {character}。",
        "The invisible character {character} is not allowed.",
        "请删除。",
        "Delete it.",
    ),
    "bad-yaml": error(
        "此处不是有效的 YAML：{what}。",
        "This is no YAML: {what}.",
        "检查缩进、引号与括号。",
        "Check indentation, quotes and brackets.",
    ),
    "empty-file": error(
        "文件没有内容。", "The file is empty.", "从已有标准文件开始。", "Begin with a copy of another scheme."
    ),
    "several-documents": error(
        "一个文件只写一份标准。", "A file holds one document.", "删除“---”。", "Remove the '---'."
    ),
    "alias-forbidden": error(
        "不得使用锚点与别名（{name}）。",
        "Anchors and aliases are not allowed ({name}).",
        "写出全文，或给含 & * 的文字加引号。",
        "Write the text out, or put a text that begins with & or * in quotes.",
    ),
    "tag-forbidden": error(
        "不得使用标签（{tag}）。",
        "Tags are not allowed ({tag}).",
        "给以 ! 开头的文字加引号。",
        "Put a text that begins with ! in quotes.",
    ),
    "too-deep": error("嵌套最多 {limit} 层。", "Nesting ends at {limit} levels.", "减少层次。", "Nest less."),
    "too-many-values": error(
        "文件最多含 {limit} 个值。", "A file holds at most {limit} values.", "请缩短。", "Shorten it."
    ),
    "too-long-stretch": error(
        "一段文字或注释最多 {limit} 个字符。",
        "One text or comment has at most {limit} characters.",
        "请缩短。",
        "Shorten it.",
    ),
    "key-not-text": error(
        "键必须是文字。", "A key is a plain word.", "给含括号的文字加引号。", "Put a text with brackets in quotes."
    ),
    "duplicate-key": error(
        "“{key}”在第 {line} 行已写过。", "'{key}' already stands on line {line}.", "删除其一。", "Remove one of them."
    ),
    "unknown-key": error(
        "此处没有“{key}”这个键。", "There is no key '{key}' here.", "此处可用：{known}。", "Known here: {known}."
    ),
    "missing-key": error("缺少“{key}”。", "'{key}' is missing.", "请补上。", "Add it."),
    "missing-text": error(
        "中英文都必须有，缺“{language}”。",
        "Both languages are needed; '{language}' is missing.",
        "写成 {{zh: …, en: …}}。",
        "Write {{zh: …, en: …}}.",
    ),
    "empty-text": error("此处不能为空。", "This must not be empty.", "请填写。", "Fill it in."),
    "not-a-text": error(
        "此处应为文字。",
        "A text is expected here.",
        "写一行文字，不用括号或缩进。",
        "Write one text, without brackets or indentation.",
    ),
    "not-a-mapping": error("此处应为“键: 值”。", "A mapping (key: value) is expected here."),
    "not-a-list": error(
        "此处应为列表。",
        "A list is expected here.",
        "每项以“- ”开头，或写成 […]。",
        "Begin each item with '- ', or write […].",
    ),
    "bad-number": error(
        "“{value}”不是数值。",
        "'{value}' is no number.",
        "写小数或分数，如 0.85、1/3。",
        "Write a decimal or a fraction: 0.85, 1/3.",
    ),
    "bad-whole-number": error(
        "“{value}”不是 {least} 至 {most} 的整数。", "'{value}' is no whole number from {least} to {most}."
    ),
    "bad-flag": error("“{value}”应为 true 或 false。", "'{value}' must be true or false."),
    "bad-choice": error(
        "“{value}”不可用。", "'{value}' is not possible here.", "可用：{known}。", "Choose one of: {known}."
    ),
    "bad-date": error("“{value}”不是日期。", "'{value}' is no date.", "写成 2026-04-01。", "Write it as 2026-04-01."),
}

RULES: Mapping[str, Rule] = {**FILE_RULES, **SCHEME_RULES, **ANSWER_RULES}
