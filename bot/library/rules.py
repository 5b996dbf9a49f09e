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
    "tab": error(
        "不得使用制表符（Tab）。",
        "Tabs are not allowed.",
        "缩进用空格；编辑器里可以把 Tab 全部替换成两个空格。",
        "Indent with spaces; your editor can replace every tab by two spaces.",
    ),
    "forbidden-character": error(
        "不得含有控制字符 {character}。",
        "The invisible character {character} is not allowed.",
        "请删除。",
        "Delete it.",
    ),
    "bad-yaml": error(
        "读到这里读不下去了（{what}）。",
        "The file cannot be read on from here ({what}).",
        "看这一行和上一行：同级的键左边对齐；冒号用半角，后面空一格；引号和 {{ }} [ ] 要成对；"
        "文字里有冒号、逗号、# 或引号时，整段加双引号。",
        "Look at this line and the one above: keys of one group begin in the same column; a plain colon with a space "
        "follows each key; every quote, {{ and [ is closed; a text with a colon, comma, # or quote stands in "
        "double quotes.",
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
        "“{key}”在第 {line} 行已写过。",
        "'{key}' already stands on line {line}.",
        "删除其一；若它属于上一行，就再缩进两格。",
        "Remove one of them; if it belongs to the line above, indent it further.",
    ),
    "unknown-key": error(
        "此处没有“{key}”这个键。",
        "There is no key '{key}' here.",
        "此处可用：{known}。若它是文字的一部分，请给整段文字加双引号。",
        "Known here: {known}. If it is part of a text, put the whole text in double quotes.",
    ),
    "missing-key": error(
        "缺少“{key}”。",
        "'{key}' is missing.",
        "请补上；若已写，看拼写和缩进对不对。",
        "Add it; if it is there, check its spelling and indentation.",
    ),
    "missing-text": error(
        "中英文都必须有，缺“{language}”。",
        "Both languages are needed; '{language}' is missing.",
        "写成 {{zh: …, en: …}}，冒号用半角，后面空一格。",
        "Write {{zh: …, en: …}}, each colon a plain one with a space after it.",
    ),
    "empty-text": error("此处不能为空。", "This must not be empty.", "请填写。", "Fill it in."),
    "not-a-text": error(
        "此处应为文字。",
        "A text is expected here.",
        "写一行文字，不用括号或缩进。",
        "Write one text, without brackets or indentation.",
    ),
    "not-a-mapping": error(
        "此处应为“键: 值”，不是单独的文字或列表。",
        "Keys with values (key: value) are expected here, not a single text or a list.",
        "文字写 {{zh: …, en: …}}，分值写 {{维度: 数值}}，答案写 {{ratio: 0.85}}；下面各行要再缩进。",
        "Write a text as {{zh: …, en: …}}, points as {{dimension: number}}, an answer as {{ratio: 0.85}}; "
        "indent the lines below that belong to it.",
    ),
    "not-a-list": error(
        "此处应为列表。",
        "A list is expected here.",
        "每项以“- ”开头，或写成 […]。",
        "Begin each item with '- ', or write […].",
    ),
    "bad-number": error(
        "“{value}”不是此处可用的数值。",
        "'{value}' is no number that fits here.",
        "只写数字，不带 % 或“分”：60、0.85、1/3。",
        "Write digits alone, without % or a unit: 60, 0.85, 1/3.",
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
