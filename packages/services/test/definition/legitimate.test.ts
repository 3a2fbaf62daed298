import { macros } from '@sapan/cel'
import { describe, expect, it } from 'vitest'
import { callables } from '../../src/cel/vocabulary.ts'
import { checkDefinition } from '../../src/definition/check.ts'
import type { ServiceDefinition } from '../../src/definition/definition.ts'
import { sampleFiles } from '../sample/definition.ts'
import { sampleReferences } from '../sample/references.ts'

/** What the guide says that expressions may be: each passes the check of a whole definition, and comes to its value. */

const files = sampleFiles()
const table = `${files.tables.fares}
byCode: { "10": { name: กรุงเทพ, fee: 100 }, "ภ.ง.ด.90": { name: แบบ, fee: 5000 } }
bySchool: { s1: 100, s2: 200 }
byYear: { s1: { "2026": { fee: 7 } }, s2: { "2026": { fee: 8 } } }
lists: { s1: [{ fee: 3 }], s2: [{ fee: 4 }] }
steps: [{ from: 2026-01-01, fee: 10 }, { from: 2027-01-01, fee: 20 }]
`

type Probe = ServiceDefinition['form']['calculated'][number]['type']

/** The sample with one more calculated value. */
function checked(source: string, type: Probe) {
  const probe = `  - { id: probe, label: { th: ลอง, en: Probe }, type: ${type}, value: ${JSON.stringify(source)} }\n`
  const form = files.form?.replace('\ndeclaration:', () => `\n${probe}declaration:`) ?? ''
  return checkDefinition({ ...files, form, tables: { fares: table } }, sampleReferences)
}

const child = {
  childNumber: '1101700207030',
  childName: { title: 'เด็กหญิง', givenName: 'ก้อย', familyName: 'ใจดี' },
  childBirthDate: '2018-05-01',
  school: 's1',
  rideDays: ['mon', 'fri'],
  firstMonth: '2026-12',
  needsCare: false,
}
const address = {
  houseNumber: '9',
  subdistrictCode: '100101',
  subdistrict: 'พระบรมมหาราชวัง',
  district: 'พระนคร',
  province: 'กรุงเทพมหานคร',
  postalCode: '10200',
}
const values = {
  answers: {
    name: { title: 'นาง', givenName: 'มะลิ', familyName: 'ใจดี' },
    ...{ birthDate: '1990-02-28', nationality: 'THA', phone: '0812345678', address, livesElsewhere: false },
    children: [
      child,
      { ...child, school: 's2', childBirthDate: '2020-02-29', needsCare: true, careNote: 'x' },
    ],
    ...{ sharesCare: false, income: 2_000_000, rides: 20 },
    photo: { id: 'f', name: 'a.jpg', mediaType: 'image/jpeg', bytes: 1000, sha256: 'ab' },
  },
  facts: {
    person: { name: { title: 'นาง', givenName: 'มะลิ', familyName: 'ใจดี' }, birthDate: '1990-02-28', address },
    household: { children: [{ nationalId: '1101700207030', birthDate: '2018-05-01' }] },
  },
  calc: { childCount: 2, fee: 4_000, isFree: false, validUntil: '2027-11-22', schools: ['s1', 's2'] },
  applicant: {
    account: 'a',
    kind: 'person',
    id: '1101700207031',
    scheme: 'national-id',
    name: { th: 'มะลิ', en: 'Mali' },
  },
  today: '2026-11-22',
}

const legitimate: Readonly<
  Record<string, readonly (readonly [source: string, type: Probe, value: unknown])[]>
> = {
  'what is there and what is not': [
    ['has(answers.phone)', 'yes-no', true],
    ['!has(answers.reason)', 'yes-no', true],
    ['has(answers.name.givenName) && has(facts.person)', 'yes-no', true],
    ['orElse(answers.reason, "")', 'text', ''],
    ['orElse(answers.reason, orElse(answers.phone, "–"))', 'text', '0812345678'],
    ['orElse(answers.income, 0) + 1', 'money', 2_000_001],
    ['orElse(answers.children, [])', 'list', values.answers.children],
    ['has(answers.reason) ? answers.reason : answers.phone', 'text', '0812345678'],
    ['true || answers.reason == "x"', 'yes-no', true],
    ['false && answers.rides > 3', 'yes-no', false],
    ['answers.reason == "" || true', 'yes-no', true],
    ['answers.children.map(c, orElse(c.careNote, ""))', 'list', ['', 'x']],
    ['sum(answers.children.map(c, has(c.careNote) ? 1 : 0))', 'whole', 1],
    ['orElse(facts.household.children[0].birthDate, today)', 'date', '2018-05-01'],
    ['orElse(answers.photo.bytes, 0) < 2000000', 'yes-no', true],
  ],
  'one or the other, also nothing': [
    ['answers.livesElsewhere ? answers.income : 0', 'money', 0],
    ['answers.livesElsewhere ? null : answers.income', 'money', 2_000_000],
    ['answers.livesElsewhere ? null : null', 'text', null],
    ['(answers.livesElsewhere ? null : "a") != null', 'yes-no', true],
    ['answers.livesElsewhere ? answers.birthDate : ""', 'text', ''],
    ['answers.livesElsewhere ? "" : answers.birthDate', 'date', '1990-02-28'],
    ['answers.livesElsewhere ? answers.children : []', 'list', []],
    ['answers.rides > 30 ? "many" : answers.rides > 10 ? "some" : "few"', 'text', 'some'],
    ['answers.livesElsewhere ? answers.nationality : answers.children[0].school', 'text', 's1'],
    ['(answers.livesElsewhere ? answers.address : facts.person.address).province', 'text', 'กรุงเทพมหานคร'],
    ['size(answers.livesElsewhere ? [] : answers.children)', 'whole', 2],
    ['answers.livesElsewhere ? [1] : []', 'list', []],
  ],
  'lists and their entries': [
    ['answers.children.all(c, c.school != "")', 'yes-no', true],
    ['answers.children.exists(c, c.school == "s2")', 'yes-no', true],
    ['answers.children.exists_one(c, c.needsCare)', 'yes-no', true],
    ['answers.children.filter(c, age(c.childBirthDate, today) < 7).size()', 'whole', 1],
    ['answers.children.map(c, c.needsCare, c.school)', 'list', ['s2']],
    ['answers.children.map(c, c.childName.givenName).join(", ")', 'text', 'ก้อย, ก้อย'],
    ['answers.children.filter(c, c.school == "s1")[0].childName.givenName', 'text', 'ก้อย'],
    ['answers.children[size(answers.children) - 1].school', 'text', 's2'],
    ['answers.children.filter(c, "mon" in c.rideDays).size()', 'whole', 2],
    ['answers.children.exists(c, c.rideDays.exists(d, d == "fri"))', 'yes-no', true],
    ['answers.children.all(c, size(c.rideDays) > 0 && c.firstMonth >= "2026-11")', 'yes-no', true],
    ['answers.children.exists(c, answers.children.exists_one(d, d.school == c.school))', 'yes-no', true],
    ['answers.children.map(c, size(c.rideDays))', 'list', [2, 2]],
    ['sum(answers.children.map(c, size(c.rideDays)) + [1])', 'whole', 5],
    ['max(answers.children.map(c, age(c.childBirthDate, today)))', 'whole', 8],
    ['min([answers.rides, calc.childCount, 3])', 'whole', 2],
    ['sum([])', 'whole', 0],
    ['answers.children != []', 'yes-no', true],
    ['[answers.phone, answers.nationality].filter(t, t != "").size() == 2', 'yes-no', true],
    ['answers.nationality in ["THA", "LAO"]', 'yes-no', true],
    ['calc.childCount in [1, 2]', 'yes-no', true],
    ['answers.birthDate in ["1990-02-28", ""]', 'yes-no', true],
    ['answers.children.map(c, c.school) == calc.schools', 'yes-no', true],
    [
      'facts.household.children.exists(k, answers.children.exists(c, c.childNumber == k.nationalId))',
      'yes-no',
      true,
    ],
    [
      'answers.children.map(c, {"school": c.school, "days": size(c.rideDays)})',
      'list',
      [
        { school: 's1', days: 2 },
        { school: 's2', days: 2 },
      ],
    ],
  ],
  'days and months': [
    ['age(answers.birthDate, today) >= 20', 'yes-no', true],
    ['daysBetween(answers.birthDate, today) > 0', 'yes-no', true],
    ['addMonths(addDays(today, 90), 12)', 'date', '2028-02-20'],
    ['monthsBegun("2026-03-31", today)', 'whole', 8],
    ['answers.birthDate <= today && today < "2030-01-01"', 'yes-no', true],
    ['string(yearOf(today)) + "-" + string(monthOf(today))', 'text', '2026-11'],
    ['buddhistYear(answers.children[0].firstMonth)', 'whole', 2569],
    ['answers.children[0].firstMonth + "-01" > today', 'yes-no', true],
    ['answers.children[0].firstMonth > today.substring(0, 7)', 'yes-no', true],
    ['answers.birthDate == facts.person.birthDate', 'yes-no', true],
    ['thaiDate(calc.validUntil)', 'text', '22 พ.ย. 2570'],
    ['answers.birthDate.substring(5) == "02-28"', 'yes-no', true],
    ['int(today.split("-")[0]) + 543 == buddhistYear(today)', 'yes-no', true],
    ['(answers.sharesCare ? answers.birthDate : "2026-01-01") < today', 'yes-no', true],
    ['tables.fares.steps.filter(s, s.from <= today)[0].fee', 'money', 10],
  ],
  'money and numbers': [
    ['min(answers.rides, 3) + max(answers.rides, 1, 2) + max([3])', 'whole', 26],
    ['answers.income * calc.childCount / 12', 'money', 333_333],
    ['calc.fee * answers.income / answers.income', 'money', 4_000],
    ['(calc.fee * answers.income) / (answers.income + 0)', 'money', 4_000],
    ['calc.fee * answers.income > calc.fee * calc.fee', 'yes-no', true],
    ['(calc.fee * answers.income + calc.fee * calc.fee) / calc.fee', 'money', 2_004_000],
    ['sum(answers.children.map(c, calc.fee * answers.income / answers.income))', 'money', 8_000],
    ['percent(answers.income, 750)', 'money', 150_000],
    ['max(0, answers.income - calc.fee)', 'money', 1_996_000],
    ['min(answers.income, 5000000, calc.fee)', 'money', 4_000],
    ['-calc.fee + 2 * answers.income % 7', 'money', -3_996],
    ['answers.income / calc.fee', 'whole', 500],
    ['brackets(answers.income, [{"upTo": 1000000, "rate": 0}, {"rate": 500}])', 'money', 50_000],
    ['baht(calc.fee) + " บาท"', 'text', '40.00 บาท'],
    ['string(answers.rides) + " เที่ยว"', 'text', '20 เที่ยว'],
    ['answers.income >= 1500000 && answers.income != 0', 'yes-no', true],
    ['int("25") + answers.rides', 'whole', 45],
    ['answers.rides == calc.childCount * 10', 'yes-no', true],
    ['calc.isFree ? 0 : calc.fee', 'money', 4_000],
  ],
  'texts and choices': [
    ['answers.phone.matches("^0[0-9]{9}$")', 'yes-no', true],
    [
      'answers.phone.startsWith("08") || answers.phone.contains("9") || answers.phone.endsWith("0")',
      'yes-no',
      true,
    ],
    ['answers.name.givenName + " " + answers.name.familyName', 'text', 'มะลิ ใจดี'],
    ['answers.phone.substring(0, 3).replace("0", "x").trim().upperAscii()', 'text', 'X81'],
    ['answers.phone.charAt(1) + string(answers.phone.indexOf("8"))', 'text', '81'],
    ['answers.nationality.lowerAscii() == "tha"', 'yes-no', true],
    ['answers.children[0].school == "s1" || answers.children[0].school == ""', 'yes-no', true],
    ['answers.children[0].school < "s10"', 'yes-no', true],
    ['answers.children[0].school >= "s0" && answers.children[0].school <= "s9"', 'yes-no', true],
    ['"s1" == answers.children[0].school', 'yes-no', true],
    ['thaiAddress(answers.address).contains("พระนคร")', 'yes-no', true],
    ['size(answers.phone) == 10 && answers.phone.size() == 10', 'yes-no', true],
    ['answers.phone.split("8", 2)[0] + answers.phone.substring(8)', 'text', '078'],
    ['answers.phone.replace("8", "x", 1).indexOf("x", 1)', 'whole', 1],
    ['["a", "b"].join()', 'text', 'ab'],
    ['string(answers.livesElsewhere)', 'text', 'false'],
    ['applicant.name.th + applicant.kind', 'text', 'มะลิperson'],
    ['answers.phone == facts.person.name.givenName', 'yes-no', false],
  ],
  'tables, by names and by what was answered': [
    ['tables.fares.incomeLimit > 0', 'yes-no', true],
    ['tables.fares["incomeLimit"] > 0', 'yes-no', true],
    ['tables.fares.bySchool[answers.children[0].school]', 'money', 100],
    ['tables.fares.byCode[answers.address.subdistrictCode.substring(0, 2)].fee', 'money', 100],
    ['tables.fares.byYear[answers.children[0].school][string(yearOf(today))].fee', 'money', 7],
    ['tables.fares.byYear[answers.children[1].school]["2026"].fee', 'money', 8],
    ['tables.fares.lists[answers.children[0].school][0].fee', 'money', 3],
    ['tables.fares.lists[answers.children[0].school][size(answers.children) - 2].fee', 'money', 3],
    ['tables.fares.steps[calc.childCount - 1].fee', 'money', 20],
    ['answers.children.all(c, tables.fares.byYear[c.school]["2026"].fee > 0)', 'yes-no', true],
    ['tables.fares.byCode["10"].name', 'text', 'กรุงเทพ'],
    ['tables.fares.byCode["ภ.ง.ด.90"].fee', 'money', 5_000],
    ['"10" in tables.fares.byCode', 'yes-no', true],
    ['sum(answers.children.map(c, tables.fares.bySchool[c.school]))', 'money', 300],
    ['has(tables.fares.bySchool.s1)', 'yes-no', true],
    ['size(tables.fares.steps)', 'whole', 2],
    ['tables.fares.steps[0].from', 'date', '2026-01-01'],
  ],
}

describe.each(Object.entries(legitimate))('%s', (_, expressions) => {
  it.each(expressions)('%s', (source, type, value) => {
    const { definition, findings } = checked(source, type)
    expect(findings.map(({ line, code, reason }) => `${line} ${code} ${reason.en}`)).toEqual([])
    const probe = definition?.form.calculated.find(({ id }) => id === 'probe')
    expect(probe?.value.evaluate({ ...values, tables: definition?.tables ?? {} })).toEqual({
      known: true,
      value,
    })
  })
})

it('as long as they may be: each part is looked at once', () => {
  const sum = `answers.rides${' + answers.rides'.repeat(200)}`
  const conditions = `answers.rides > 0${' && answers.rides > 0'.repeat(150)}`
  for (const [source, type, value] of [
    [sum, 'whole', 4_020],
    [conditions, 'yes-no', true],
  ] as const) {
    const { definition, findings } = checked(source, type)
    expect(findings).toEqual([])
    const probe = definition?.form.calculated.find(({ id }) => id === 'probe')
    expect(probe?.value.evaluate(values)).toEqual({ known: true, value })
  }
})

it('these use every function and every macro that there is', () => {
  const all = Object.values(legitimate)
    .flat()
    .map(([source]) => source)
    .join('\n')
  const unused = [...Object.keys(callables), ...macros].filter((name) => !all.includes(`${name}(`))
  expect(unused).toEqual([])
})

describe('what is wrong in an expression is found at its line, with a reason in both languages', () => {
  it.each([
    ['answers.children.map(c, c.schol)', 'list', 'unknown-path', 'Did you mean “school”'],
    ['tables.fares.byCode[answers.phone].price', 'money', 'unknown-path', 'name, fee'],
    ['tables.fares.steps[calc.childCount].price', 'money', 'unknown-path', 'from, fee'],
    ['calc.fee * answers.income', 'money', 'wrong-type', '* does not go'],
    ['calc.fee * answers.income + calc.fee', 'money', 'wrong-type', 'an amount times an amount'],
    ['min(calc.fee * answers.income, 3)', 'money', 'wrong-type', 'an amount times an amount'],
    ['answers.children[0].school == "s3"', 'yes-no', 'wrong-type', 'no choice “s3”'],
    ['matches(answers.phone, "0")', 'yes-no', 'expression', 'without something before it'],
    ['answers.rides +', 'whole', 'expression', 'no CEL'],
    ['answers.rides', 'text', 'wrong-type', 'must be text'],
  ] as const)('%s', (source, type, code, why) => {
    const { findings } = checked(source, type)
    const line = (files.form ?? '').split('\ndeclaration:')[0]?.split('\n').length ?? 0
    expect(findings).toContainEqual(
      expect.objectContaining({ file: 'form.yaml', line: line + 1, code, reason: expect.anything() }),
    )
    const [first] = findings
    expect(first?.reason.en).toContain(why)
    expect(first?.reason.th).toMatch(/[\u0E00-\u0E7F]/)
  })
})
