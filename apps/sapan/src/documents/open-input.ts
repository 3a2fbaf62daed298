import {
  CheckError,
  checkFile,
  type OpenContainer,
  openContainer,
  openPdf,
  PdfError,
  type PdfFile,
  type Report,
  ZipError,
  type ZipErrorCode,
} from '@sapan/documents/check'
import type { Text } from '@sapan/kernel'
import { unreadable } from '@sapan/portal'
import { readInput } from './files.ts'

/** A file that can be looked into. */
export type OpenedInput =
  | { readonly kind: 'pdf'; readonly pdf: PdfFile }
  | { readonly kind: 'container'; readonly bytes: Uint8Array; readonly opened: OpenContainer }

const pdfTexts: Readonly<Record<PdfError['code'], Text>> = {
  'not-pdf': {
    th: 'ไม่ใช่ PDF หรือซอง ASiC จึงไม่มีอะไรให้ดู',
    en: 'it is neither a PDF nor an ASiC container, so there is nothing to look into',
  },
  truncated: { th: 'ไฟล์ขาดตอนท้าย', en: 'it ends too early' },
  malformed: { th: 'ไฟล์เสียหายหรือผิดรูปแบบ', en: 'it is damaged or malformed' },
  encrypted: { th: 'ไฟล์มีรหัสผ่าน ระบุด้วย --password', en: 'it has a password: give it with --password' },
  'wrong-password': { th: 'รหัสผ่านไม่ถูกต้อง', en: 'the password is not right' },
  unsupported: { th: 'ไฟล์ใช้สิ่งที่ตัวอ่านไม่รู้จัก', en: 'it uses something that the reader does not know' },
  'too-complex': { th: 'ไฟล์ซับซ้อนเกินขอบเขต', en: 'it is too complex' },
}

const zipTexts: Readonly<Record<ZipErrorCode, Text>> = {
  'not-zip': { th: 'ไฟล์ ZIP ขาดตอนท้าย', en: 'the ZIP file ends too early' },
  malformed: { th: 'ไฟล์ ZIP เสียหายหรือผิดรูปแบบ', en: 'the ZIP file is damaged or malformed' },
  encrypted: {
    th: 'ไฟล์ ZIP มีรหัสผ่าน ซองที่ลงนามไม่มีรหัสผ่าน',
    en: 'the ZIP file has a password; signed containers have none',
  },
  unsupported: {
    th: 'ไฟล์ ZIP ใช้สิ่งที่ตัวอ่านไม่รู้จัก',
    en: 'the ZIP file uses something that the reader does not know',
  },
  'duplicate-name': { th: 'มีสองไฟล์ชื่อเดียวกันในไฟล์ ZIP', en: 'two files in the ZIP file have one name' },
  'unsafe-name': { th: 'มีชื่อไฟล์ที่ไม่ปลอดภัยในไฟล์ ZIP', en: 'a name in the ZIP file is not safe' },
  layout: { th: 'มีข้อมูลแฝงระหว่างไฟล์ใน ZIP', en: 'the ZIP file has bytes that belong to no file in it' },
  'too-large': { th: 'ไฟล์ ZIP ใหญ่เกินขอบเขตเมื่อคลายออก', en: 'the ZIP file is too large when unpacked' },
  checksum: { th: 'ไฟล์ใน ZIP ไม่ตรงกับตอนที่บีบอัด', en: 'a file in the ZIP file is not what was packed' },
}

const otherTexts = {
  zip: {
    th: 'เป็นไฟล์ ZIP ธรรมดา ไม่ใช่ซอง ASiC ที่ลงนาม เปิดด้วยโปรแกรม ZIP',
    en: 'it is a plain ZIP file, not a signed ASiC container; any ZIP program opens it',
  },
  signature: {
    th: 'เป็นไฟล์ลายมือชื่อ ไม่มีเอกสารอยู่ข้างใน ตรวจด้วย sapan document check FILE --detached ORIGINAL',
    en: 'it is a signature without a document inside; check it with sapan document check FILE --detached ORIGINAL',
  },
} as const satisfies Record<string, Text>

/** Throws `input-unreadable`, and `document-unreadable` where there is nothing in the file to look at. */
export async function openInput(file: string, password: string | undefined): Promise<OpenedInput> {
  const bytes = await readInput(file)
  return readable(() => {
    if (startsWith(bytes, 'PK\x03\x04')) return containerIn(bytes)
    if (isLoneSignature(bytes)) throw unreadable('signature-only', otherTexts.signature)
    return { kind: 'pdf', pdf: openPdf(bytes, password === undefined ? {} : { password }) }
  })
}

/** A part of a file may be unreadable too: parts are read when they are asked for. */
export function readable<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof PdfError) throw unreadable(error.code, pdfTexts[error.code], error)
    if (error instanceof ZipError) throw unreadable(`zip-${error.code}`, zipTexts[error.code], error)
    throw error
  }
}

/** What the checker reads of a container. Throws `document-unreadable`. */
export async function signaturesIn(bytes: Uint8Array): Promise<Report['signatures']> {
  try {
    // Nobody is trusted here: what signatures say of themselves is listed, `document check` judges it.
    return (await checkFile(bytes, { anchors: { certificates: [] } })).signatures
  } catch (error) {
    if (error instanceof CheckError) throw unreadable(error.code, error.text, error)
    throw error
  }
}

function containerIn(bytes: Uint8Array): OpenedInput {
  const opened = openContainer(bytes)
  if (opened === undefined) throw unreadable('plain-zip', otherTexts.zip)
  return { kind: 'container', bytes, opened }
}

/** CMS in DER or PEM, or XML with a signature: a guess, good enough for saying what to do. */
function isLoneSignature(bytes: Buffer): boolean {
  const head = bytes.subarray(0, 4096).toString('latin1')
  if (bytes[0] === 0x30 && head.includes('\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02')) return true
  return /^-----BEGIN (?:CMS|PKCS7)/.test(head) || /^\s*(?:\xef\xbb\xbf)?<[^%]*\bSignature\b/.test(head)
}

function startsWith(bytes: Buffer, mark: string): boolean {
  return bytes.subarray(0, mark.length).toString('latin1') === mark
}
