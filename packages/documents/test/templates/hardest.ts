import { shippedTemplates } from '../../src/templates/shipped.ts'

/** Marks in three storeys, letters that lose their foot or tail, SARA AM, full vowels. */
export const HARD_WORDS = 'ปี่ ฝ้า ญู ฐู น้ำ กี่ ที่ ฤๅ เปี๊ยะ ป้ำ ฟื้น กตัญญู ฏุ'

/** A name of more than eighty letters without a space. */
export const LONG_NAME = 'กตัญญูพิพัฒน์พงศ์ธนะวัฒน์ศิริโรจน์เจริญกิจโภคาสมบูรณ์พูลผลเปี๊ยะป้ำฟื้นฐูญูฏุฤๅน้ำกี่ที่ปี่ฝ้า'

const LONG_WORD = 'Pneumonoultramicroscopicsilicovolcanoconiosis'

const PARAGRAPH = `${HARD_WORDS} ด้วยกรมการปกครองได้รับแจ้งจากสำนักทะเบียนกลางว่ามีผู้ยื่นคำขอหนังสือรับรองรายการทะเบียนราษฎรผ่านระบบอิเล็กทรอนิกส์เป็นจำนวนมาก โดยในปีงบประมาณ พ.ศ. 2569 มีผู้ยื่นคำขอจำนวน 1,234,567 ราย เพิ่มขึ้นจากปีก่อนร้อยละ 12.5 จึงจำเป็นต้องปรับปรุงระบบ Digital ID (Version 2.0 / ISO 32000-1:2008) ตามมาตรา 12 วรรคสอง แห่งพระราชบัญญัติ พ.ศ. ๒๕๖๕ และ saraban01@example.go.th หรือ https://www.example.go.th/documents/2569/th?id=123`

const paragraphs = (count: number, most = 4000): string[] =>
  Array.from({ length: count }, (_, n) => `ข้อ ${n + 1} ${PARAGRAPH}`.slice(0, most).trim())

const signer = {
  name: `นาย${LONG_NAME}`,
  position: `ผู้อำนวยการสำนัก${LONG_NAME} ${HARD_WORDS}`,
  acting: `ปฏิบัติราชการแทนปลัดกระทรวง${LONG_NAME}`,
}
const from = [`สำนัก${LONG_NAME}`, `${HARD_WORDS} ถนนราชดำเนินนอก`, 'เขตพระนคร กรุงเทพฯ 10200']
const official = { subject: PARAGRAPH.slice(0, 280).trim(), paragraphs: paragraphs(9), signer }

/** What makes each template hardest, beside its sample. */
const HARDEST: Readonly<Record<string, object>> = {
  receipt: {
    agency: `กรม${LONG_NAME}`,
    number: 'ทด/2569-000123-ABCDEFGHIJKLMNOPQRSTUVWXYZ-0123456789-กขค',
    applicant: `นาย${LONG_NAME} ${LONG_NAME}`,
    entries: Array.from({ length: 200 }, (_, n) => ({
      label: `${n + 1} ${HARD_WORDS}`,
      value: n % 20 === 0 ? `${LONG_NAME}${LONG_WORD.repeat(4)}` : n % 5 === 0 ? PARAGRAPH : `ค่า ${n}`,
    })),
    files: Array.from({ length: 30 }, (_, n) => ({
      name: `${LONG_NAME}-${n}.pdf`,
      bytes: 10 ** (n % 15),
      sha256: '0123456789abcdef'.repeat(4),
    })),
    signer,
  },
  'certificate-letter': {
    from,
    statement: `นาย${LONG_NAME} ${PARAGRAPH}`,
    paragraphs: paragraphs(6),
    signer,
    // One grey pixel.
    photo: 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
  },
  licence: {
    agency: `กรม${LONG_NAME}`,
    kind: `ใบอนุญาต${LONG_NAME}`,
    holder: `บริษัท ${LONG_NAME} จำกัด (มหาชน)`,
    place: PARAGRAPH.slice(0, 480).trim(),
    conditions: paragraphs(15),
    signer,
  },
  'external-letter': {
    ...official,
    from,
    to: `ผู้อำนวยการ${LONG_NAME}`,
    references: paragraphs(3, 200),
    enclosures: paragraphs(12, 120),
    contact: [`สำนัก${LONG_NAME}`, 'โทร. 0 2123 4567 ต่อ 8901', 'saraban01@example.go.th'],
    copies: paragraphs(3, 80),
  },
  memorandum: { ...official, from: `สำนัก${LONG_NAME} โทร. 0 2123 4567`, to: LONG_NAME },
  order: { ...official, issuer: `กรม${LONG_NAME}` },
  announcement: { ...official, issuer: `กรม${LONG_NAME}` },
  transcript: {
    institution: `มหาวิทยาลัย${LONG_NAME}`,
    degree: `${HARD_WORDS} ${LONG_NAME}`,
    terms: Array.from({ length: 9 }, (_, term) => ({
      name: `ภาคการศึกษาที่ ${1 + (term % 3)} ปีการศึกษา ${2565 + Math.floor(term / 3)}`,
      courses: Array.from({ length: 7 }, (_, n) => ({
        code: `คพ ${term}${n}1`,
        title:
          n % 3 === 0 ? `${HARD_WORDS} ${LONG_NAME}` : 'Introduction to Public Key Infrastructure (เบื้องต้น)',
        credits: 3,
        grade: 'B+',
      })),
      credits: 21,
      average: '3.41',
      cumulative: '3.41',
    })),
    grading: Array.from({ length: 12 }, (_, n) => `${HARD_WORDS} ${n}`),
    registrar: signer,
  },
}

/** Every template with its sample, and with the data that is hardest to set. */
export const everyTemplate = shippedTemplates.flatMap((template) => [
  { name: `${template.name}, the sample`, template, data: template.sample },
  {
    name: `${template.name}, the hardest data`,
    template,
    data: { ...Object(template.sample), ...HARDEST[template.name] } as unknown,
  },
])
