import { isNationalId } from '@sapan/kernel'
import { asciiDigits } from '../digits.ts'
import { answer, type Reader, type Reading, wrong } from '../reading.ts'
import { readWritten } from '../written.ts'

/** A person's 13 digits; the first is 1 to 8. */
export const readNationalId: Reader = (field, sent) =>
  readThirteen(sent.one(field.id), (digits) =>
    digits.startsWith('0')
      ? wrong(
          'เลขที่ขึ้นต้นด้วย 0 เป็นเลขนิติบุคคล กรอกเลขประจำตัวประชาชน 13 หลักของบุคคล',
          'A number that begins with 0 is a company’s. Enter a person’s 13-digit number.',
        )
      : digits.startsWith('9')
        ? wrong(
            'เลขประจำตัวประชาชนไม่ขึ้นต้นด้วย 9 ตรวจเลขหลักแรกอีกครั้ง',
            'No national number begins with 9. Look at the first digit again.',
          )
        : undefined,
  )

/** A juristic person's 13 digits; the first is 0. */
export const readJuristicId: Reader = (field, sent) =>
  readThirteen(sent.one(field.id), (digits) =>
    digits.startsWith('0')
      ? undefined
      : wrong(
          'เลขทะเบียนนิติบุคคลขึ้นต้นด้วย 0 เลขนี้เป็นเลขของบุคคล',
          'A company’s number begins with 0; this one is a person’s.',
        ),
  )

/** The 13 digits that a foreigner has here. */
export const readForeignerNumber: Reader = (field, sent) => readThirteen(sent.one(field.id), () => undefined)

/** As it stands in the passport (ICAO 9303-3): capital letters and digits. */
export const readPassport: Reader = (field, sent) => {
  const raw = readWritten(sent.one(field.id), { most: 60 })
  if (raw.kind !== 'text') return raw
  const number = asciiDigits(raw.text).toUpperCase().replace(/[\s-]/g, '')
  if (!/^[A-Z0-9]+$/.test(number))
    return wrong(
      'เลขหนังสือเดินทางมีเฉพาะตัวอักษรอังกฤษและตัวเลข เช่น AA1234567',
      'A passport’s number has only letters A to Z and digits, such as AA1234567.',
    )
  if (number.length < 5 || number.length > 20)
    return wrong(
      `เลขหนังสือเดินทางมี 5 ถึง 20 ตัว ที่กรอกมี ${number.length} ตัว`,
      `A passport’s number has 5 to 20 characters; there are ${number.length}.`,
    )
  return answer(number)
}

function readThirteen(typed: string, refuse: (digits: string) => Reading | undefined): Reading {
  const raw = readWritten(typed, { most: 60 })
  if (raw.kind !== 'text') return raw
  const digits = asciiDigits(raw.text).replace(/[\s\-‐-―]/g, '')
  if (!/^\d+$/.test(digits))
    return wrong('กรอกเป็นตัวเลข 13 หลัก จะมีขีดคั่นหรือไม่ก็ได้', 'Enter 13 digits, with or without dashes.')
  if (digits.length !== 13)
    return wrong(
      `ต้องมี 13 หลัก ที่กรอกมี ${digits.length} หลัก`,
      `There must be 13 digits; there are ${digits.length}.`,
    )
  const refused = refuse(digits)
  if (refused !== undefined) return refused
  if (!isNationalId(digits))
    return wrong(
      'เลขนี้ไม่ถูกต้องตามหลักตรวจสอบ น่าจะพิมพ์ผิดหรือสลับหลัก เทียบกับบัตรอีกครั้ง',
      'The check digit doesn’t fit: a digit is mistyped or two are swapped. Compare it with the card.',
    )
  return answer(digits)
}
