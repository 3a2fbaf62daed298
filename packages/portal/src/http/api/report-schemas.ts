import type {
  CertificateReport,
  Check,
  Finding,
  Indication,
  Report,
  SignatureReport,
  TimestampReport,
} from '@sapan/documents/check'
import { reasonTexts } from '@sapan/documents/check'
import type { Text } from '@sapan/kernel'
import { documentSchemas } from './document-schemas.ts'
import {
  count,
  field,
  listOf,
  maybe,
  objectOf,
  reference,
  type Schema,
  sha256,
  string,
  time,
  wordOf,
  yes,
} from './schema.ts'

const indication = wordOf<Indication>({ 'TOTAL-PASSED': true, INDETERMINATE: true, 'TOTAL-FAILED': true })
const conclusion = wordOf<Report['conclusion']>({
  'TOTAL-PASSED': true,
  INDETERMINATE: true,
  'TOTAL-FAILED': true,
  NO_SIGNATURE: true,
})
const subIndication: Schema = { type: 'string', enum: Object.keys(reasonTexts) }
const code: Schema = { type: 'string', pattern: '^[a-z][a-z0-9-]*$' }

const why = maybe('เหตุที่ไม่ผ่าน ตาม EN 319 102-1', 'why it did not pass, by EN 319 102-1', subIndication)
const checks = field('สิ่งที่ตรวจ ทีละข้อ', 'what was checked, one by one', listOf(reference('Check')))
const findings = field('ข้อสังเกต', 'remarks', listOf(reference('Finding')))

const report = objectOf<Report>(
  { th: 'ผลการตรวจไฟล์หนึ่งไฟล์', en: 'What was found about a file' },
  {
    file: field('ไฟล์ที่ตรวจ', 'the file', reference('CheckedFile')),
    at: field('เวลาที่ใช้ตัดสิน', 'the time for which it was judged', time),
    conclusion: field('ผลรวม: แย่ที่สุดในบรรดาลายมือชื่อ', 'the worst of the signatures', conclusion),
    subIndication: why,
    signatures: field('ลายมือชื่อ', 'the signatures', listOf(reference('Signature'))),
    timestamps: maybe(
      'ตราประทับเวลาที่ไม่ได้เป็นของลายมือชื่อใด',
      'time-stamps that belong to no signature',
      listOf(reference('Timestamp')),
    ),
    document: maybe('สิ่งที่อยู่ในเอกสาร', 'what the document has inside', reference('Document')),
    findings,
  },
)

const checkedFile = objectOf<Report['file']>(
  { th: 'ไฟล์ที่ตรวจ', en: 'The file that was checked' },
  {
    name: maybe('ชื่อที่ผู้ส่งให้มา', 'its name, as the sender gave it', string),
    bytes: field('ขนาดเป็นไบต์', 'its size in bytes', count),
    sha256: field('ค่าย่อย SHA-256', 'its SHA-256', sha256),
    format: field(
      'รูปแบบ',
      'what kind of file it is',
      wordOf<Report['file']['format']>({
        pdf: true,
        'unsigned-pdf': true,
        'asic-e': true,
        'asic-s': true,
        cades: true,
        xades: true,
        timestamp: true,
        unknown: true,
      }),
    ),
  },
)

const level = wordOf<SignatureReport['level']>({
  'PAdES-B-B': true,
  'PAdES-B-T': true,
  'PAdES-B-LT': true,
  'PAdES-B-LTA': true,
  'CAdES-B-B': true,
  'CAdES-B-T': true,
  'CAdES-B-LT': true,
  'CAdES-B-LTA': true,
  'XAdES-B-B': true,
  'XAdES-B-T': true,
  'XAdES-B-LT': true,
  'XAdES-B-LTA': true,
  PKCS7: true,
  none: true,
})

const scope = wordOf<SignatureReport['scope']>({
  'whole-file': true,
  'whole-revision': true,
  partial: true,
  detached: true,
})

const changesAfter = wordOf<SignatureReport['changesAfter']>({
  none: true,
  allowed: true,
  suspicious: true,
  refused: true,
})

const signature = objectOf<SignatureReport>(
  { th: 'ลายมือชื่อหนึ่งลายมือชื่อ', en: 'One signature' },
  {
    id: field('ชื่อภายในไฟล์', 'its name within the file', string),
    level: field('ระดับ', 'its level', level),
    indication: field('ผลการตรวจ', 'what the check came to', indication),
    subIndication: why,
    signer: maybe('ผู้ลงนาม', 'who signed', reference('Signer')),
    claimedAt: maybe('เวลาที่ผู้ลงนามอ้าง', 'the time that the signer gives', string),
    bestSignatureTime: maybe(
      'เวลาแรกสุดที่พิสูจน์ได้ว่ามีลายมือชื่อแล้ว',
      'the earliest time at which it is proved to have been there',
      time,
    ),
    timestamps: field('ตราประทับเวลา', 'its time-stamps', listOf(reference('Timestamp'))),
    scope: field('ครอบคลุมเพียงใด', 'how much of the file it is over', scope),
    algorithms: field('วิธีเข้ารหัส', 'its algorithms', reference('Algorithms')),
    checks,
    changesAfter: field('การแก้ไขหลังลงนาม', 'changes that came after it', changesAfter),
    reason: maybe('เหตุผลที่ลงนาม', 'the reason that the signer gives', string),
    location: maybe('สถานที่ลงนาม', 'the place that the signer gives', string),
    covers: maybe('ไฟล์ที่ลงนาม', 'names of the files that it is over', listOf(string)),
    revision: maybe('ฉบับแก้ไขที่ปิด นับจาก 0', 'the revision that it closes, from 0', count),
    countersignatures: maybe(
      'ลายมือชื่อกำกับ',
      'signatures of others over this one',
      listOf(reference('Signature')),
    ),
    findings,
  },
)

const algorithms = objectOf<SignatureReport['algorithms']>(
  { th: 'วิธีเข้ารหัส', en: 'Algorithms' },
  {
    signature: maybe('ของลายมือชื่อ', 'of the signature', string),
    digest: maybe('ของค่าย่อย', 'of the digest', string),
    key: maybe('ชนิดของกุญแจ', 'the kind of key', string),
  },
)

const timestamp = objectOf<TimestampReport>(
  { th: 'ตราประทับเวลา', en: 'A time-stamp' },
  {
    id: field('ชื่อภายในไฟล์', 'its name within the file', string),
    kind: field(
      'ชนิด',
      'what it is over',
      wordOf<TimestampReport['kind']>({
        content: true,
        signature: true,
        references: true,
        archive: true,
        document: true,
      }),
    ),
    at: maybe('เวลาที่ประทับ', 'its time', string),
    authority: maybe('ผู้ประทับ', 'who gave it', string),
    indication: field('ผลการตรวจ', 'what the check came to', indication),
    subIndication: why,
    checks,
  },
)

const certificateFields = {
  name: field('ชื่อ', 'name', string),
  organisation: maybe('หน่วยงาน', 'organisation', string),
  country: maybe('ประเทศ', 'country', string),
  serial: field('หมายเลขใบรับรอง', 'serial number', { type: 'string', pattern: '^[0-9a-f]*$' }),
  fingerprint: field('ลายนิ้วมือ SHA-256', 'SHA-256 fingerprint', sha256),
  notBefore: field('เริ่มใช้', 'valid from', string),
  notAfter: field('หมดอายุ', 'valid until', string),
  issuer: field('ผู้ออก', 'issuer', string),
  trusted: maybe('เป็นผู้ที่เชื่อถือไว้เอง', 'trusted by itself', yes),
  revoked: maybe('เวลาที่ถูกเพิกถอน', 'when it was revoked', string),
} as const

const certificate = objectOf<CertificateReport>({ th: 'ใบรับรอง', en: 'A certificate' }, certificateFields)

const signer = objectOf<NonNullable<SignatureReport['signer']>>(
  { th: 'ใบรับรองของผู้ลงนาม', en: "The signer's certificate" },
  {
    ...certificateFields,
    chain: field(
      'สายใบรับรองขึ้นไปถึงผู้ที่เชื่อถือ',
      'certificates up to one that is trusted',
      listOf(reference('Certificate')),
    ),
  },
)

const check = objectOf<Check>(
  { th: 'สิ่งที่ตรวจหนึ่งข้อ', en: 'One thing that was checked' },
  {
    id: field('รหัส', 'its code', code),
    passed: field('ผ่านหรือไม่', 'whether it holds', yes),
    text: field('ถ้อยคำ', 'in words', reference('Text')),
    detail: maybe('รายละเอียดสำหรับผู้เชี่ยวชาญ', 'for specialists', string),
  },
)

const finding = objectOf<Finding>(
  { th: 'ข้อสังเกต', en: 'A remark' },
  {
    code: field('รหัส', 'its code', code),
    severity: field(
      'ความรุนแรง',
      'how grave it is',
      wordOf<Finding['severity']>({ note: true, warning: true, error: true }),
    ),
    text: field('ถ้อยคำ', 'in words', reference('Text')),
    detail: maybe('รายละเอียดสำหรับผู้เชี่ยวชาญ', 'for specialists', string),
  },
)

const text = objectOf<Text>(
  { th: 'ข้อความสองภาษา', en: 'A text in two languages' },
  { th: field('ภาษาไทย', 'in Thai', string), en: field('ภาษาอังกฤษ', 'in English', string) },
)

/** The report and all that it is made of, by the names under which they refer to each other. */
export const reportSchemas: Readonly<Record<string, Schema>> = {
  Report: report,
  CheckedFile: checkedFile,
  Signature: signature,
  Algorithms: algorithms,
  Signer: signer,
  Certificate: certificate,
  Timestamp: timestamp,
  Check: check,
  Finding: finding,
  Text: text,
  ...documentSchemas,
}
