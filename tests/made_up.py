"""Four small made-up standards for tests, as scheme-file texts; none of them exists. `scheme('stars')` loads one.

stars: ratio, one dimension /100, a veto row.
panel: alpha and level, a gate, levels from points.
shop: N/A with rescaling, deductions, bonus.
sites: rows in two dimensions, level or ratio, sampling, rates.
"""

from functools import cache

from bot.domain.scheme import Scheme
from bot.library.load import load_text

_BAND = (
    "{{to: {to}, title: {{zh: 至{to}, en: To {to}}}, label: {{zh: 第{n}档, en: Band {n}}}, "
    "text: {{zh: 做到第{n}档, en: Done to band {n}}}{next}}}"
)
_LEVEL = (
    "{{title: {{zh: {n}级, en: Level {n}}}, label: {{zh: {n}级, en: Level {n}}}, "
    "text: {{zh: 做到{n}级, en: Done to level {n}}}{next}}}"
)
_NEXT = ", next: {zh: 再好一些, en: A little better}"
_TOS = ("0.2", "0.4", "0.6", "0.8", "1")

BANDS = "[{}]".format(
    ", ".join(_BAND.format(n=n, to=to, next=_NEXT if n < 5 else "") for n, to in enumerate(_TOS, start=1))
)
LEVELS = "[{}]".format(", ".join(_LEVEL.format(n=n, next=_NEXT if n < 5 else "") for n in range(1, 6)))


def ask(zh: str, en: str) -> str:
    """What every row needs: a question, and three points to look for."""
    looks = ", ".join(f"{{zh: 看{zh}之{n}, en: Look at {en.lower()} {n}}}" for n in (1, 2, 3))
    return f"question: {{zh: 如何做{zh}？, en: 'How is {en.lower()} done?'}}, look_for: [{looks}]"


_CONFORMITY = """
gates:
  conformity:
    title: {zh: 符合性, en: Conformity}
    statement: {zh: 组织守法并通过审查, en: The organisation obeys the law and passed the review}
    if_met: {zh: 是的，符合, en: 'Yes, it conforms'}
    if_not: {zh: 不，有不符合, en: 'No, it does not'}
    help: {zh: 看营业执照与判决, en: Look at the licence and at judgements}
"""

STARS = f"""
format: 1
id: made-stars
code: T/MADE 001-2026
title: {{zh: 编造的星级标准, en: A made-up standard with stars}}
short: {{zh: 编造星级, en: Made-up stars}}
issuer: {{zh: 无此机构, en: Nobody}}
effective: 2026-04-01
scales: {{ratio: {{kind: ratio, step: 0.05, bands: {BANDS}}}}}
dimensions: {{total: {{title: {{zh: 总分, en: Total}}, scale: ratio, total: percent}}}}
printed: {{dimensions: {{total: 100}}, sections: {{1: {{total: 20}}, 2: {{total: 40}}}}}}
sections:
  - id: 1
    title: {{zh: 承诺, en: Promises}}
    indicators:
      - {{id: 1.1, label: {{zh: 守法, en: Lawful}}, veto: true, statement: {{zh: 没有违法, en: No law was broken}},
         if_met: {{zh: 没有违法, en: None broken}}, if_not: {{zh: 有违法, en: One was broken}},
         {ask("守法", "Lawfulness")}}}
      - {{id: 1.2, title: {{zh: 公开承诺, en: Public promise}}, points: {{total: 20}}, {ask("承诺", "Promising")}}}
  - id: 2
    title: {{zh: 服务, en: Service}}
    indicators:
      - {{id: 2.1, label: {{zh: 热线, en: Hotline}}, points: {{total: 30}}, help: {{zh: 可以拨打, en: Try a call}},
         {ask("热线", "The hotline")}}}
      - {{id: 2.10, label: {{zh: 上门, en: Visits}}, points: {{total: 10}}, {ask("上门", "Visiting")}}}
  - {{id: 3, title: {{zh: 改进, en: Improvement}}, points: {{total: 40}}, {ask("改进", "Improvement")}}}
grades:
  - {{id: gold, title: {{zh: 金级, en: Gold}}, needs: {{total: 90, no_veto: true}}}}
  - {{id: silver, title: {{zh: 银级, en: Silver}}, printed: {{title: {{zh: 银级服务, en: Silver service}}}},
     needs: {{total: 70, no_veto: true}}}}
  - {{id: bronze, title: {{zh: 铜级, en: Bronze}}, note: {{zh: 没有下限, en: There is no lower limit}},
     needs: {{no_veto: true}}}}
otherwise: {{id: fail, title: {{zh: 不予评级, en: No grade}}, awarded: false}}
readings: {{ST-01: {{zh: 否决即无级, en: A veto means no grade}}}}
examples:
  - name: 90 is gold
    fill: {{total: {{ratio: 0.9}}, veto: {{veto: false}}}}
    expect: {{complete: true, totals: {{total: 90}}, grade: gold, passed: true, open: []}}
  - name: a veto takes it
    fill: {{total: {{ratio: 0.9}}, veto: {{veto: true}}}}
    expect: {{totals: {{total: 90}}, grade: none, outcome: fail, passed: false}}
"""

PANEL = f"""
format: 1
id: made-panel
code: T/MADE 002-2026
title: {{zh: 编造的两维标准, en: A made-up standard of two dimensions}}
short: {{zh: 编造两维, en: Made-up panel}}
issuer: {{zh: 无此机构, en: Nobody}}
effective: 2026-04-02
scales:
  alpha: {{kind: alpha, step: 0.1, bands: {BANDS}}}
  maturity: {{kind: level, levels: {LEVELS}}}
dimensions:
  service: {{title: {{zh: 服务, en: Service}}, scale: alpha, total: percent}}
  management: {{title: {{zh: 管理, en: Management}}, scale: maturity, total: points,
                level_from: {{5: 14, 4: 12, 3: 9, 2: 6, 1: 3}}}}
{_CONFORMITY}
printed: {{dimensions: {{service: 100, management: 15}}}}
sections:
  - id: S
    title: {{zh: 服务特性, en: Service features}}
    sections:
      - id: S.1
        title: {{zh: 人员, en: People}}
        indicators:
          - {{id: S.1.1, title: {{zh: 着装, en: Dress}}, points: {{service: 60}}, {ask("着装", "Dressing")}}}
          - {{id: S.1.2, title: {{zh: 培训, en: Training}}, points: {{service: 30}}, {ask("培训", "Training")}}}
      - {{id: S.2, title: {{zh: 环境, en: Surroundings}}, points: {{service: 10}}, {ask("环境", "Cleaning")}}}
  - id: M
    label: {{zh: 管理要求, en: Management}}
    indicators:
      - {{id: M.1, title: {{zh: 策划, en: Planning}}, points: {{management: 5}}, {ask("策划", "Planning")}}}
      - {{id: M.2, title: {{zh: 支持, en: Support}}, points: {{management: 5}}, {ask("支持", "Support")}}}
      - {{id: M.3, title: {{zh: 改进, en: Improving}}, points: {{management: 5}}, {ask("改进", "Improving")}}}
grades:
  - {{id: aaaa, title: {{zh: AAAA级, en: AAAA}}, needs: {{service: 90, management: {{level: 4}}, gates: [conformity]}}}}
  - {{id: aaa, title: {{zh: AAA级, en: AAA}}, needs: {{service: 80, management: {{level: 3}}, gates: [conformity]}}}}
  - {{id: row-one, title: {{zh: 第一行, en: Row one}}, awarded: false,
     needs: {{service: 60, management: {{total: 5, level: 2}}, gates: [conformity]}}}}
otherwise: {{id: fail, title: {{zh: 未达到, en: Not reached}}, awarded: false}}
readings: {{PA-01: {{zh: 两维都要达到, en: Both dimensions must hold}}}}
examples:
  - name: the weaker dimension decides
    fill: {{service: {{alpha: 0.96}}, management: {{level: 3}}}}
    gates: {{conformity: true}}
    expect: {{totals: {{service: 96, management: 9}}, levels: {{management: 3}}, grade: aaa, passed: true}}
  - name: two sheets are averaged
    sheets:
      - {{name: A, fill: {{service: {{alpha: 0.5}}, management: {{level: 2}}}}}}
      - {{name: B, dimensions: [service], fill: {{service: {{alpha: 0.7}}}}}}
    gates: {{conformity: true}}
    expect: {{totals: {{service: 60}}, outcome: row-one, grade: none}}
"""

SHOP = f"""
format: 1
id: made-shop
code: T/MADE 003-2026
title: {{zh: 编造的扣分标准, en: A made-up standard with deductions}}
short: {{zh: 编造扣分, en: Made-up shop}}
issuer: {{zh: 无此机构, en: Nobody}}
effective: 2026-04-03
scales: {{ratio: {{kind: ratio, step: 0.05, bands: {BANDS}}}}}
dimensions: {{total: {{title: {{zh: 总分, en: Total}}, scale: ratio, total: percent}}}}
adjustments:
  deductions: {{each: 1, title: {{zh: 特别扣分, en: Special deductions}}, text: {{zh: 每项一分, en: One point each}}}}
  bonus: {{values: [0, 1], title: {{zh: 加分, en: Bonus}}, text: {{zh: 有奖项, en: There is an award}}}}
printed: {{dimensions: {{total: 100}}, sections: {{goods: {{total: 60}}, 5: {{total: 40}}}}}}
sections:
  - id: goods
    title: {{zh: 商品服务, en: Goods}}
    indicators:
      - {{id: 5.2.1, code: B1, label: {{zh: 送货, en: Delivery}}, points: {{total: 20}}, not_applicable: reason,
         {ask("送货", "Delivery")}}}
      - {{id: 5.2.2, code: B2, label: {{zh: 维修, en: Repair}}, points: {{total: 30}}, not_applicable: reason,
         {ask("维修", "Repair")}}}
      - {{id: 5.2.3, code: C1, label: {{zh: 客服, en: Desk}}, points: {{total: 10}}, {ask("客服", "The desk")}}}
  - id: 5
    title: {{zh: 管理, en: Management}}
    indicators:
      - {{id: 5.1, code: A1, label: {{zh: 人员, en: People}}, points: {{total: 15}}, {ask("人员", "Staffing")}}}
      - {{id: 5.2, code: A2, label: {{zh: 监督, en: Supervision}}, points: {{total: 25}}, {ask("监督", "Supervision")}}}
grades:
  - {{id: high, title: {{zh: 高级, en: High}}, needs: {{total: 90, deductions_below: 5}}}}
  - {{id: plain, title: {{zh: 达标级, en: Plain}}, needs: {{total: 70, deductions_below: 5}}}}
otherwise: {{id: fail, title: {{zh: 不合格, en: Failed}}, awarded: false}}
readings: {{SH-01: {{zh: 五项扣分即不合格, en: Five deductions fail}}}}
examples:
  - name: not applicable is rescaled, then adjusted
    fill: {{total: {{ratio: 1}}}}
    answers: {{5.2.1: {{na: true, reason: no goods are sent}}, 5.2.2: {{ratio: 1/3}}}}
    deductions: 2
    bonus: 1
    expect: {{totals: {{total: 74}}, grade: plain}}
  - name: five deductions fail
    fill: {{total: {{ratio: 1}}}}
    deductions: 5
    expect: {{totals: {{total: 95}}, grade: none, outcome: fail, passed: false}}
"""

SITES = f"""
format: 1
id: made-sites
code: T/MADE 004-2026
title: {{zh: 编造的项目标准, en: A made-up standard with sites}}
short: {{zh: 编造项目, en: Made-up sites}}
issuer: {{zh: 无此机构, en: Nobody}}
effective: 2026-04-04
scales:
  maturity: {{kind: level, also: [ratio], levels: {LEVELS}}}
  experience: {{kind: alpha, step: 0.05, bands: {BANDS}}}
dimensions:
  management: {{title: {{zh: 管理, en: Management}}, scale: maturity, total: percent,
               level_from: {{5: 90, 4: 80, 3: 70}}}}
  service: {{title: {{zh: 服务, en: Service}}, scale: experience, total: percent}}
{_CONFORMITY}
sampling: {{factor: 1.8, unit: {{zh: 项目, en: projects}}, covers: [service]}}
measures:
  A: {{title: {{zh: 接通率, en: Pick-up rate}}, numerator: {{zh: 接通数, en: Calls answered}},
      denominator: {{zh: 来电数, en: Calls}}, target: 85, question: 2.1}}
sections:
  - id: 1
    title: {{zh: 组织, en: Organisation}}
    indicators:
      - {{id: 1.1, label: {{zh: 制度, en: Rules}}, points: {{management: 5}}, {ask("制度", "Ruling")}}}
      - {{id: 1.2, label: {{zh: 人员, en: People}}, points: {{service: 5, management: 5}}, {ask("人员", "Staffing")}}}
  - id: 2
    label: {{zh: 响应, en: Response}}
    indicators:
      - {{id: 2.1, label: {{zh: 接通, en: Pick-up}}, points: {{management: 5, service: 5}}, {ask("接通", "Pick-up")}}}
      - {{id: 2.2, label: {{zh: 态度, en: Manner}}, points: {{service: 10}}, {ask("态度", "Manner")}}}
grades:
  - {{id: five, title: {{zh: 五星, en: Five-star}},
     needs: {{service: 90, management: {{level: 5}}, gates: [conformity]}}}}
  - {{id: four, title: {{zh: 四星, en: Four-star}},
     needs: {{service: 80, management: {{level: 4}}, gates: [conformity]}}}}
  - {{id: three, title: {{zh: 三星, en: Three-star}},
     needs: {{service: 60, management: {{level: 3}}, gates: [conformity]}}}}
otherwise: {{id: fail, title: {{zh: 不通过, en: Not passed}}, awarded: false}}
readings: {{SI-01: {{zh: 两个维度各自得分, en: Each dimension is scored by itself}}}}
examples:
  - name: all level four and 0.8
    fill: {{management: {{level: 4}}, service: {{alpha: 0.8}}}}
    answers: {{1.2: {{management: {{ratio: 0.8}}}}, 2.1: {{ratio: 0.8}}}}
    gates: {{conformity: true}}
    expect: {{totals: {{management: 80, service: 80}}, levels: {{management: 4}}, grade: four}}
  - name: a refused gate fails
    fill: {{management: {{level: 5}}, service: {{alpha: 1}}}}
    gates: {{conformity: false}}
    expect: {{complete: true, outcome: fail, grade: none}}
"""

TEXTS = {"stars": STARS, "panel": PANEL, "shop": SHOP, "sites": SITES}


@cache
def scheme(name: str) -> Scheme:
    """The loaded standard: 'stars', 'panel', 'shop' or 'sites'."""
    loaded, problems = load_text(TEXTS[name], f"{name}.yaml")
    assert loaded is not None, "\n".join(map(str, problems))
    return loaded
