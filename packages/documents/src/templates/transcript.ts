import { type Static, Type } from 'typebox'
import { bold, columns, heading, labelled, paragraph, table } from '../layout/builders.ts'
import type { Block } from '../layout/description.ts'
import { checkStack } from './check-place.ts'
import { ending, signatureBlocks } from './closing.ts'
import { plainDate } from './official-date.ts'
import { emblemWithName, runningFoot } from './opening.ts'
import { date, line, signer, strict } from './parts.ts'
import { defineTemplate, type Words } from './template.ts'

/** Two decimals, as printed. */
const points = Type.String({ pattern: '^[0-4]\\.[0-9]{2}$' })

const course = strict({
  code: line(20),
  title: line(200),
  credits: Type.Number({ minimum: 0, maximum: 99, multipleOf: 0.25 }),
  grade: line(10),
})

const schema = strict({
  institution: line(200),
  faculty: line(200),
  degree: line(300),
  major: Type.Optional(line(200)),
  student: strict({
    nameThai: line(200),
    nameEnglish: line(200),
    studentNumber: line(30),
    /** As it may be shown: `1-2345-xxxxx-12-1`. */
    nationalNumber: Type.Optional(line(40)),
    birthDate: Type.Optional(date()),
  }),
  admittedOn: date(),
  graduatedOn: Type.Optional(date()),
  honours: Type.Optional(line(100)),
  terms: Type.Array(
    strict({
      name: line(80),
      courses: Type.Array(course, { minItems: 1, maxItems: 40 }),
      credits: Type.Number({ minimum: 0, maximum: 999, multipleOf: 0.25 }),
      average: points,
      cumulative: points,
    }),
    { minItems: 1, maxItems: 40 },
  ),
  totalCredits: Type.Number({ minimum: 0, maximum: 9999, multipleOf: 0.25 }),
  cumulative: points,
  grading: Type.Array(line(200), { maxItems: 20 }),
  registrar: signer,
  dean: Type.Optional(signer),
})

/** Academic transcript (ใบแสดงผลการศึกษา), the Digital Transcript. */
export const transcript = defineTemplate({
  name: 'transcript',
  version: 1,
  title: { th: 'ใบแสดงผลการศึกษา', en: 'Academic transcript' },
  about: {
    th: 'ผลการเรียนทุกรายวิชา หน่วยกิต และแต้มระดับคะแนนเฉลี่ยของนักศึกษา',
    en: "A student's courses, credits, grades and averages",
  },
  schema,
  words: [
    'emblem',
    'heading',
    'faculty',
    'degree',
    'major',
    'name',
    'nameEnglish',
    'studentNumber',
    'nationalNumber',
    'birthDate',
    'admittedOn',
    'graduatedOn',
    'honours',
    'code',
    'course',
    'credits',
    'grade',
    'termCredits',
    'average',
    'cumulative',
    'total',
    'grading',
    'check',
  ],
  sample: {
    institution: 'มหาวิทยาลัยตัวอย่าง (สมมติ)',
    faculty: 'คณะวิทยาศาสตร์',
    degree: 'วิทยาศาสตรบัณฑิต (วิทยาการคอมพิวเตอร์)',
    major: 'วิทยาการคอมพิวเตอร์',
    student: {
      nameThai: 'นางสาวเปี๊ยะ กี่น้ำฝ้า ณ ตัวอย่าง (บุคคลสมมติ)',
      nameEnglish: 'Miss Pia Kinamfa Na Tuayang (synthetic)',
      studentNumber: '6500000001',
      nationalNumber: '0-0000-xxxxx-00-1',
      birthDate: '2004-02-29',
    },
    admittedOn: '2022-06-20',
    graduatedOn: '2026-05-31',
    honours: 'เกียรตินิยมอันดับ 2',
    terms: sampleTerms(),
    totalCredits: 48,
    cumulative: '3.41',
    grading: [
      'A = 4.00, B+ = 3.50, B = 3.00, C+ = 2.50, C = 2.00, D+ = 1.50, D = 1.00, F = 0.00',
      'S = ผ่าน, U = ไม่ผ่าน, W = ถอนรายวิชา',
    ],
    registrar: { name: 'นางทะเบียน สมมติศิลป์', position: 'นายทะเบียนมหาวิทยาลัยตัวอย่าง' },
    dean: { name: 'ผู้ช่วยศาสตราจารย์ทดสอบ ตัวอย่างสกุล', position: 'คณบดีคณะวิทยาศาสตร์' },
  },
  describe: (data, words, setting) => ({
    language: 'th',
    title: `${words.heading} ${data.student.studentNumber}`,
    author: data.institution,
    identifier: data.student.studentNumber,
    page: { textSize: 11, margins: { left: 20, right: 20, top: 16, bottom: 18 } },
    ...runningFoot(`${words.heading} ${data.student.studentNumber}`),
    body: [
      emblemWithName(setting, words, { emblemHeight: 16, titleSize: 18 }),
      paragraph(bold(data.institution), { align: 'left', spaceAfter: 2 }),
      columns([
        { width: { share: 1 }, blocks: person(data, words) },
        { width: { share: 1 }, blocks: studies(data, words) },
      ]),
      ...data.terms.flatMap((term, n) => termTable(term, words, n === data.terms.length - 1)),
      ending(
        [
          paragraph(
            [bold(`${words.total} ${data.totalCredits}`), `    ${words.cumulative} ${data.cumulative}`],
            {
              align: 'right',
            },
          ),
          ...(data.grading.length === 0
            ? []
            : [
                heading(2, words.grading, { size: 10, spaceBefore: 2 }),
                paragraph(data.grading.join('; '), { align: 'left', size: 9 }),
              ]),
          signatureBlocks(
            [
              { signer: data.registrar, field: 'registrar' },
              ...(data.dean ? ([{ signer: data.dean, field: 'dean' }] as const) : ([] as const)),
            ],
            checkStack(setting.checkAddress, words),
            setting,
          ),
        ],
        4,
      ),
    ],
  }),
})

type TranscriptData = Static<typeof schema>

function named(pairs: readonly (readonly [string | undefined, string | undefined])[]): Block[] {
  return pairs.flatMap(([label, value]) =>
    label === undefined || value === undefined
      ? []
      : [labelled({ text: label, bold: true }, value, { width: 39, size: 10 })],
  )
}

function person({ student }: TranscriptData, words: Words): Block[] {
  return named([
    [words.name, student.nameThai],
    [words.nameEnglish, student.nameEnglish],
    [words.studentNumber, student.studentNumber],
    [words.nationalNumber, student.nationalNumber],
    [words.birthDate, student.birthDate === undefined ? undefined : plainDate(student.birthDate)],
  ])
}

function studies(data: TranscriptData, words: Words): Block[] {
  return named([
    [words.faculty, data.faculty],
    [words.degree, data.degree],
    [words.major, data.major],
    [words.admittedOn, plainDate(data.admittedOn)],
    [words.graduatedOn, data.graduatedOn === undefined ? undefined : plainDate(data.graduatedOn)],
    [words.honours, data.honours],
  ])
}

function termTable(term: TranscriptData['terms'][number], words: Words, isLast: boolean): Block[] {
  const summary = `${words.termCredits} ${term.credits}  ${words.average} ${term.average}  ${words.cumulative} ${term.cumulative}`
  return [
    heading(2, term.name, { size: 11, spaceBefore: 3 }),
    table({
      columns: [
        { width: 24, align: 'left' },
        { width: { share: 1 }, align: 'left' },
        { width: 20, align: 'center' },
        { width: 26, align: 'center' },
      ],
      head: [[words.code ?? '', words.course ?? '', words.credits ?? '', words.grade ?? '']],
      rows: term.courses.map(({ code, title, credits, grade }) => [code, title, String(credits), grade]),
      foot: [[{ content: [summary], columnSpan: 4, align: 'right' }]],
      borders: 'horizontal',
      padding: { y: 0.25 },
      size: 9.5,
      summary: term.name,
      keepWithNext: isLast,
    }),
  ]
}

function sampleTerms() {
  const subjects = [
    ['คพ 101', 'การเขียนโปรแกรมคอมพิวเตอร์เบื้องต้น'],
    ['คณ 111', 'แคลคูลัส 1'],
    ['ศท 021', 'ภาษาไทยเพื่อการสื่อสาร'],
    ['ฟส 101', 'ฟิสิกส์ทั่วไปและปฏิบัติการ'],
    ['คพ 213', 'โครงสร้างข้อมูลและขั้นตอนวิธี (Data Structures and Algorithms)'],
    ['คพ 251', 'ระบบฐานข้อมูลและกฎหมายคุ้มครองข้อมูลส่วนบุคคล'],
    ['ศท 031', 'ภาษาอังกฤษเชิงวิชาการ'],
    ['คพ 261', 'ความมั่นคงปลอดภัยไซเบอร์และลายมือชื่ออิเล็กทรอนิกส์'],
  ] as const
  const grades = ['A', 'B+', 'A', 'B', 'B+', 'A', 'C+', 'B+']
  return [1, 2].map((year) => ({
    name: `ภาคการศึกษาที่ ${year} ปีการศึกษา 2565`,
    courses: subjects.map(([code, title], n) => ({
      code,
      title,
      credits: 3,
      grade: grades[(n + year) % 8] ?? 'A',
    })),
    credits: 24,
    average: '3.41',
    cumulative: '3.41',
  }))
}
