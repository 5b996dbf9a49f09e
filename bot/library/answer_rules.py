"""What may stand in a file of answers, by code: rule and remedy in both languages. Must not know how it is checked."""

from collections.abc import Mapping

from bot.library.rule import Rule, error

ANSWER_RULES: Mapping[str, Rule] = {
    "bad-json": error("不是有效的 JSON：{what}。", "This is no JSON: {what}."),
    "repeated-key": error(
        "“{key}”写了不止一次。", "'{key}' stands here more than once.", "保留其一。", "Keep one of them."
    ),
    "float-number": error(
        "“{value}”是浮点数。",
        "{value} is a floating-point number.",
        '加引号："{value}"。',
        'Put exact numbers in quotes: "{value}".',
    ),
    "unknown-scheme": error("没有标准“{id}”。", "There is no scheme '{id}'.", "已有：{known}。", "There are: {known}."),
    "unknown-question": error("没有指标“{id}”。", "There is no indicator '{id}'.", "请核对编号。", "Check the id."),
    "code-for-id": error(
        "“{id}”是代码，不是编号。", "'{id}' is a code, not an id.", "其编号为“{row}”。", "Its id is '{row}'."
    ),
    "duplicate-sheet": error(
        "姓名“{name}”与轮次“{round}”已出现过。",
        "The name '{name}' with the round '{round}' came before.",
        "每张评分表用不同的 name 或 round。",
        "Give every sheet its own name or round.",
    ),
    "no-answer": error("答案为空。", "The answer is empty.", "可用：{known}。", "Give one of: {known}."),
    "several-answers": error(
        "一个问题只有一个答案，此处有 {keys}。",
        "A question has one answer; here are {keys}.",
        "保留其一。",
        "Keep one of them.",
    ),
    "wrong-form": error(
        "“{question}”不能用 {form} 回答。",
        "'{question}' is not answered by {form}.",
        "可用：{known}。",
        "Answer it by: {known}.",
    ),
    "out-of-range": error(
        "评分必须在 0 与 1 之间，此处为 {value}。",
        "A rating lies between 0 and 1; this is {value}.",
        '85% 写作 "0.85"。',
        'Write 85% as "0.85".',
    ),
    "na-not-allowed": error(
        "“{id}”不可标为不适用。", "'{id}' always applies.", "按实际情况评分。", "Rate it on what exists."
    ),
    "veto-expected": error(
        "“{id}”是否决项。",
        "'{id}' is a veto row.",
        '写 {{"veto": true}} 或 {{"veto": false}}。',
        'Write {{"veto": true}} or {{"veto": false}}.',
    ),
    "veto-not-allowed": error(
        "“{id}”不是否决项。", "'{id}' is no veto row.", "可用：{known}。", "Answer it by: {known}."
    ),
    "one-per-dimension": error(
        "“{id}”在 {dimensions} 各评一次。",
        "'{id}' is rated once in each of: {dimensions}.",
        "逐个维度写，或写一个 ratio 用于全部。",
        "Write one answer per dimension, or one ratio for all.",
    ),
    "not-in-dimension": error(
        "“{id}”不属于维度“{dimension}”。",
        "'{id}' does not count in the dimension '{dimension}'.",
        "属于：{known}。",
        "It counts in: {known}.",
    ),
    "dimension-not-covered": error(
        "此表不含维度“{dimension}”。",
        "This sheet does not cover the dimension '{dimension}'.",
        "写入 dimensions，或删除此答案。",
        "Name it in dimensions, or remove the answer.",
    ),
    "no-deductions": error(
        "此标准没有扣分项。", "This scheme has no deductions.", "删除 deductions。", "Remove deductions."
    ),
    "no-bonus": error("此标准没有加分项。", "This scheme has no bonus.", "删除 bonus。", "Remove bonus."),
    "bonus-not-offered": error(
        "加分不能为 {value}。", "The bonus cannot be {value}.", "可用：{known}。", "Choose one of: {known}."
    ),
    "unknown-measure": error("没有比率“{id}”。", "There is no rate '{id}'.", "已有：{known}。", "There are: {known}."),
    "count-above-whole": error(
        "分子 {numerator} 大于分母 {denominator}。",
        "The numerator {numerator} is above the denominator {denominator}.",
        "请核对。",
        "Check both counts.",
    ),
    "bad-month": error("“{value}”不是月份。", "'{value}' is no month.", "写成 2026-04。", "Write it as 2026-04."),
}
