"""What makes a scheme sound, by code: rule and remedy in both languages. Must not know how it is checked."""

from collections.abc import Mapping

from bot.library.rule import Rule, error, warning

_ROW_RULES: Mapping[str, Rule] = {
    "bad-id": error("“{id}”不是允许的编号。", "'{id}' is not a fit id.", "可用：{form}。", "Allowed: {form}."),
    "duplicate-id": error(
        "编号“{id}”在第 {line} 行已用过。",
        "The id '{id}' is already used on line {line}.",
        "每个编号只用一次。",
        "Use every id once.",
    ),
    "duplicate-code": error(
        "代码“{id}”在第 {line} 行已用过。",
        "The code '{id}' is already used on line {line}.",
        "每个代码只用一次，也不得与编号相同。",
        "Use every code once, and never one that is also an id.",
    ),
    "duplicate-scheme": error(
        "“{id}”已由 {other} 使用。",
        "'{id}' is already used by {other}.",
        "换一个 id 与 code。",
        "Give it another id and code.",
    ),
    "reserved-id": error("“{id}”是保留字。", "'{id}' is reserved.", "换一个名称。", "Choose another name."),
    "unknown-dimension": error(
        "没有维度“{id}”。", "There is no dimension '{id}'.", "已有：{known}。", "There are: {known}."
    ),
    "unknown-scale": error("没有量尺“{id}”。", "There is no scale '{id}'.", "已有：{known}。", "There are: {known}."),
    "unknown-indicator": error("没有指标“{id}”。", "There is no indicator '{id}'.", "请核对编号。", "Check the id."),
    "unknown-section": error("没有章节“{id}”。", "There is no section '{id}'.", "请核对编号。", "Check the id."),
    "unknown-gate": error("没有前提条件“{id}”。", "There is no gate '{id}'.", "已有：{known}。", "There are: {known}."),
    "payload-too-long": error(
        "按钮数据最多 {limit} 字节，“{question}”需要 {size}。",
        "A button carries at most {limit} bytes; '{question}' needs {size}.",
        "缩短编号。",
        "Shorten the ids.",
    ),
    "missing-title": error(
        "“{id}”需要标题：标准印有的写 title，否则写 label。",
        "'{id}' needs a title as printed, or our own label where none is printed.",
    ),
    "empty-section": error(
        "章节“{id}”中没有指标。",
        "The section '{id}' holds no indicator.",
        "加上 indicators、sections，或给它自己分值。",
        "Give it indicators, sections, or points of its own.",
    ),
    "not-an-indicator": error(
        "“{id}”有指标才有的“{key}”，却没有分值。",
        "'{id}' has '{key}', which indicators have, but no points.",
        "加上 points 或 veto，或删除“{key}”。",
        "Add points or veto, or remove '{key}'.",
    ),
    "row-without-points": error(
        "指标“{id}”没有分值。",
        "The indicator '{id}' has no points.",
        "写 points，或 veto: true。",
        "Give it points, or veto: true.",
    ),
    "points-not-positive": error("分值必须大于 0。", "Points are above 0."),
    "veto-with-points": error(
        "否决项“{id}”不计分，也不能不适用。",
        "The veto row '{id}' has no points and always applies.",
        "删除 points 与 not_applicable。",
        "Remove points and not_applicable.",
    ),
    "look-for-missing": error(
        "“{id}”没有查看要点。",
        "'{id}' says nothing of what to look for.",
        "写 look_for，3 至 6 条。",
        "Write look_for, 3 to 6 points.",
    ),
    "look-for-count": warning(
        "“{id}”有 {count} 条查看要点。",
        "'{id}' has {count} points to look for.",
        "宜为 3 至 6 条。",
        "3 to 6 are best.",
    ),
    "text-too-long": error(
        "此处最多 {limit} 个{unit_zh}，现为 {size}。",
        "At most {limit} {unit_en} fit here; these are {size}.",
        "按钮与列表空间有限，请缩短。",
        "Buttons and lists are narrow: shorten it.",
    ),
    "points-do-not-add-up": error(
        "“{where}”的{dimension}分值合计 {sum}，标准印的是 {printed}。",
        "The {dimension} points of '{where}' sum to {sum}; the standard prints {printed}.",
        "核对各行分值。",
        "Check the points of its rows.",
    ),
    "dimension-without-questions": error(
        "维度“{id}”没有必答的指标。",
        "The dimension '{id}' has no indicator that always applies.",
        "至少一项有分值且不可“不适用”。",
        "Give at least one row points and no not_applicable.",
    ),
    "na-in-points-total": warning(
        "“{id}”按分值求和，不适用等于 0 分。",
        "'{id}' sums points, so a row that does not apply counts 0.",
        "考虑 total: percent。",
        "Consider total: percent.",
    ),
}

_PART_RULES: Mapping[str, Rule] = {
    "unknown-format": error("只能读格式 1，此处为“{value}”。", "Only format 1 can be read; this says '{value}'."),
    "bands-missing": error("量尺“{id}”需要 bands。", "The scale '{id}' needs bands."),
    "bands-not-rising": error("各档的 to 必须逐档升高，大于 0。", "The 'to' of each band is above the one before."),
    "bands-not-to-one": error(
        "最后一档的 to 必须为 1，现为 {value}。", "The last band ends at 1; this ends at {value}."
    ),
    "five-levels": error("等级量尺有 5 级，此处为 {count}。", "A level scale has 5 levels; here are {count}."),
    "scale-mixed": error(
        "“{key}”不属于 {kind} 量尺。", "'{key}' does not belong to a scale of kind {kind}.", "请删除。", "Remove it."
    ),
    "bad-step": error("step 大于 0，不超过 1。", "A step is above 0 and at most 1."),
    "next-missing": error(
        "除最后一档外，每档都要写 next。",
        "Every band or level but the last says what the next one asks.",
        "写 next。",
        "Write next.",
    ),
    "next-on-last": error("最后一档之后没有 next。", "Nothing follows the last one.", "删除 next。", "Remove next."),
    "unused-scale": warning("量尺“{id}”没有用到。", "The scale '{id}' is not used.", "请删除。", "Remove it."),
    "levels-not-falling": error(
        "level_from 的分数必须随等级降低而降低。", "The numbers of level_from fall with the level."
    ),
    "no-levels": error(
        "维度“{id}”没有 level_from，无法要求等级。",
        "The dimension '{id}' has no level_from, so no level can be needed.",
        "加上 level_from。",
        "Add level_from.",
    ),
    "level-unknown": error(
        "维度“{id}”没有 {level} 级或更高的等级。", "The dimension '{id}' has no level {level} or above."
    ),
    "adjustment-dimension": error(
        "有多个维度时必须写明调整哪一个。",
        "With several dimensions, say which one is adjusted.",
        "写 dimension。",
        "Write dimension.",
    ),
    "bonus-without-zero": error("bonus 的 values 必须升序，含 0。", "The values of a bonus rise and include 0."),
    "not-positive": error("必须大于 0。", "This is above 0."),
    "no-grades": error("至少要有一个等级结果。", "There is at least one grade."),
    "no-dimensions": error("至少要有一个维度。", "There is at least one dimension."),
    "otherwise-awarded": error(
        "otherwise 不授予等级。", "No grade is awarded in `otherwise`.", "写 awarded: false。", "Write awarded: false."
    ),
    "gate-unused": warning(
        "没有等级要求前提条件“{id}”。",
        "No grade needs the gate '{id}'.",
        "写入 needs 的 gates。",
        "Name it in the needs of a grade.",
    ),
    "grade-unreachable": error(
        "任何得分都不会得到“{id}”{above_zh}。",
        "No result ever leads to '{id}'{above_en}.",
        "等级从高到低排列，核对条件。",
        "Order the grades from the highest down and check their needs.",
    ),
    "too-many-examples": error(
        "{count} 个示例太多，无法在合理时间内运行。",
        "{count} examples are too many to be run.",
        "减少示例。",
        "Keep fewer.",
    ),
    "example-fails": error(
        "示例“{name}”：{key} 应为 {expected}，算得 {actual}。",
        "The example '{name}' expects {key} to be {expected}; it is {actual}.",
        "核对标准文件，或更正示例。",
        "Check the scheme, or correct the example.",
    ),
}

SCHEME_RULES: Mapping[str, Rule] = {**_ROW_RULES, **_PART_RULES}
