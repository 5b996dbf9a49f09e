"""What makes a scheme sound, by code: rule and remedy in both languages. Must not know how it is checked."""

from collections.abc import Mapping

from bot.library.rule import Rule, error, warning

_ROW_RULES: Mapping[str, Rule] = {
    "bad-id": error(
        "“{id}”不能作编号。",
        "'{id}' cannot be an id.",
        "写法：{form}；不含空格、汉字和中文引号。",
        "Form: {form}; no spaces, no Chinese characters, no curly quotes.",
    ),
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
    "points-not-positive": error(
        "分值必须大于 0。",
        "Points must be above 0.",
        "写大于 0 的数，或从这一行删除该维度。",
        "Give more than 0, or remove this dimension from the row.",
    ),
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
        "“{where}”的 {dimension} 分值合计 {sum}，printed 里写的是 {printed}。",
        "The points of '{where}' in the dimension '{dimension}' sum to {sum}; `printed` says {printed}.",
        "对照标准原文，核对各行分值和 printed。",
        "Compare the points of its rows, and `printed`, with the standard.",
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
    "unknown-format": error(
        "只能读格式 1，此处为“{value}”。",
        "Only format 1 can be read; this says '{value}'.",
        "写 format: 1。",
        "Write format: 1.",
    ),
    "bands-missing": error(
        "量尺“{id}”需要 bands。",
        "The scale '{id}' needs bands.",
        "从低到高写各档，最后一档 to: 1。",
        "Describe its bands from the lowest up; the last has to: 1.",
    ),
    "bands-not-rising": error(
        "各档的 to 必须逐档升高，大于 0。",
        "The 'to' of each band must be above 0 and above the one before.",
        "从最低一档写起；20% 写 0.2。",
        "Begin with the lowest band; 20% is written 0.2.",
    ),
    "bands-not-to-one": error(
        "最后一档的 to 必须为 1，现为 {value}。",
        "The last band must end at 1; this ends at {value}.",
        "100% 写 1，20% 写 0.2。",
        "100% is written 1, and 20% is 0.2.",
    ),
    "five-levels": error(
        "等级量尺有 5 级，此处为 {count}。",
        "A level scale has 5 levels; here are {count}.",
        "五级都写，从 1 级写起。",
        "Describe all five, level 1 first.",
    ),
    "scale-mixed": error(
        "“{key}”不属于 {kind} 量尺。", "'{key}' does not belong to a scale of kind {kind}.", "请删除。", "Remove it."
    ),
    "bad-step": error(
        "step 必须大于 0，不超过 1。",
        "A step must be above 0 and at most 1.",
        "常用 0.05；也可以不写。",
        "0.05 is usual; it may also be left out.",
    ),
    "next-missing": error(
        "除最后一档外，每档都要写 next。",
        "Every band or level but the last says what the next one asks.",
        "写 next。",
        "Write next.",
    ),
    "next-on-last": error("最后一档之后没有 next。", "Nothing follows the last one.", "删除 next。", "Remove next."),
    "unused-scale": warning("量尺“{id}”没有用到。", "The scale '{id}' is not used.", "请删除。", "Remove it."),
    "levels-not-falling": error(
        "level_from 的分数必须随等级降低而降低。",
        "In level_from a lower level must have a lower number.",
        "例如 {{5: 90, 4: 80, 3: 70}}。",
        "For example {{5: 90, 4: 80, 3: 70}}.",
    ),
    "no-levels": error(
        "维度“{id}”没有 level_from，无法要求等级。",
        "The dimension '{id}' has no level_from, so no level can be needed.",
        "加上 level_from。",
        "Add level_from.",
    ),
    "level-unknown": error(
        "维度“{id}”没有 {level} 级或更高的等级。",
        "The dimension '{id}' has no level {level} or above.",
        "在 level_from 里加上，或改要求。",
        "Add it to level_from, or need another level.",
    ),
    "adjustment-dimension": error(
        "有多个维度时必须写明调整哪一个。",
        "With several dimensions, say which one is adjusted.",
        "写 dimension。",
        "Write dimension.",
    ),
    "bonus-without-zero": error(
        "bonus 的 values 必须升序，含 0。",
        "The values of a bonus must rise and include 0.",
        "例如 [0, 1]。",
        "For example [0, 1].",
    ),
    "not-positive": error("此处必须大于 0。", "This number must be above 0."),
    "no-grades": error(
        "至少要有一个等级。", "At least one grade is needed.", "写在 grades 里。", "Write it under grades."
    ),
    "no-dimensions": error(
        "至少要有一个维度。",
        "At least one dimension is needed.",
        "写在 dimensions 里。",
        "Write it under dimensions.",
    ),
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
        "取第一个条件全满足的等级，所以要从高到低排列；再看分数线是不是超过了满分。",
        "The first grade whose needs all hold is taken, so order them from the highest down; "
        "and check that its numbers are not above the maximum.",
    ),
    "too-many-examples": error(
        "{count} 个示例太多，无法在合理时间内运行。",
        "{count} examples are too many to be run.",
        "减少示例。",
        "Keep fewer.",
    ),
    "example-fails": error(
        "示例“{name}”写的 {key} 是 {expected}，算出来是 {actual}。",
        "The example '{name}' expects {key} to be {expected}; it comes to {actual}.",
        "先用手算一遍：示例错就改示例，否则核对分值和等级条件。",
        "Work it out by hand: correct the example if it is wrong, else check the points and the needs of the grades.",
    ),
}

SCHEME_RULES: Mapping[str, Rule] = {**_ROW_RULES, **_PART_RULES}
