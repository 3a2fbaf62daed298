import type { Text } from '@sapan/kernel'
import type { YAMLError } from 'yaml'

/**
 * What is wrong with a text that cannot be read as YAML, and what to do, in the words of whoever wrote it. Faults that seldom
 * happen are told in the library's own words.
 */
export function yamlFault({ code, message }: Pick<YAMLError, 'code' | 'message'>): Text {
  if (/closing .?quote/i.test(message)) return openQuote
  return (
    faults[code] ?? {
      th: `อ่านเป็น YAML ไม่ได้ (${code}) ดูวงเล็บ เครื่องหมายคำพูด และการย่อหน้าของบรรทัดนี้`,
      en: `This is not YAML: ${message}`,
    }
  )
}

const openQuote: Text = {
  th: 'เครื่องหมายคำพูดเปิดแล้วไม่ปิด',
  en: 'A quotation mark is opened here and never closed.',
}

const indent: Text = {
  th: 'บรรทัดนี้ย่อหน้าไม่ตรงกับบรรทัดในกลุ่มเดียวกัน หรือวงเล็บก่อนหน้ายังไม่ปิด',
  en: 'The indent of this line does not fit the lines around it, or a bracket before it is not closed.',
}

const faults: { readonly [code in YAMLError['code']]?: Text } = {
  TAB_AS_INDENT: {
    th: 'บรรทัดนี้ย่อหน้าด้วยแท็บ ใช้ช่องว่างเท่านั้น',
    en: 'This line is indented with a tab: use spaces.',
  },
  BAD_INDENT: indent,
  MISSING_CHAR: indent,
  BLOCK_IN_FLOW: {
    th: 'ใน { } ข้อความที่มีทวิภาค (:) ต้องอยู่ในเครื่องหมายคำพูด และต้องมีจุลภาค (,) คั่นระหว่างค่า',
    en: 'Inside { }, a text with a colon stands in quotes, and a comma stands between two values.',
  },
  BLOCK_AS_IMPLICIT_KEY: {
    th: 'ข้อความที่มีทวิภาคและช่องว่างต้องอยู่ในเครื่องหมายคำพูด หรือบรรทัดถัดไปย่อหน้าไม่พอ',
    en: 'A text with a colon and a space in it stands in quotes; or the next line is not indented far enough.',
  },
  TAG_RESOLVE_FAILED: {
    th: 'นิพจน์ที่ขึ้นต้นด้วย ! ต้องอยู่ในเครื่องหมายคำพูด เพราะ ! ใน YAML คือแท็ก ซึ่งใช้ที่นี่ไม่ได้',
    en: 'Put an expression that begins with ! in quotes: in YAML that is a tag, and none is taken here.',
  },
  BAD_SCALAR_START: {
    th: 'ข้อความที่ขึ้นต้นด้วยอักขระนี้ต้องอยู่ในเครื่องหมายคำพูด',
    en: 'A text that begins with this letter stands in quotes.',
  },
  MULTIPLE_DOCS: {
    th: 'หนึ่งไฟล์มีเอกสารเดียว ลบบรรทัด --- ออก',
    en: 'A file holds one document: take the line --- out.',
  },
}
