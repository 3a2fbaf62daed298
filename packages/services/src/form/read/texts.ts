import type { Field } from '../../definition/form.ts'
import { asciiDigits } from '../digits.ts'
import { answer, type Reader, type Reading, type SentFields, wrong } from '../reading.ts'
import { readWritten } from '../written.ts'

/** Letters where the definition says nothing. */
export const usualLetters = { text: 500, longtext: 10_000 } as const

export const readText: Reader = (field, sent) => readLetters(field, sent, usualLetters.text, false)
export const readLongText: Reader = (field, sent) => readLetters(field, sent, usualLetters.longtext, true)

function readLetters(field: Field, sent: SentFields, usual: number, lines: boolean): Reading {
  const { max } = field.limits
  const raw = readWritten(sent.one(field.id), { most: typeof max === 'number' ? max : usual, lines })
  return raw.kind === 'text' ? answer(raw.text) : raw
}

/** Thai numbers as they are dialled here, `0812345678`; others with their country: `+6591234567` (ITU-T E.164). */
export const readPhone: Reader = (field, sent) => {
  const raw = readWritten(sent.one(field.id), { most: 60 })
  if (raw.kind !== 'text') return raw
  const dialled = asciiDigits(raw.text).replace(/[\s().\-‐-―]/g, '')
  const home = dialled.replace(/^(?:\+|00)660?/, '0')
  if (/^0[2-7]\d{7}$/.test(home) || /^0[689]\d{8}$/.test(home)) return answer(home)
  const abroad = dialled.replace(/^00/, '+')
  if (/^\+(?!66)[1-9]\d{6,14}$/.test(abroad)) return answer(abroad)
  if (!/^\+?\d+$/.test(dialled))
    return wrong(
      'กรอกหมายเลขโทรศัพท์เป็นตัวเลข เช่น 081 234 5678 หรือ +65 9123 4567',
      'Enter the phone number in digits, such as 081 234 5678 or +65 9123 4567.',
    )
  return wrong(
    'หมายเลขไม่ครบหรือเกิน มือถือมี 10 หลัก โทรศัพท์บ้านมี 9 หลัก ต่างประเทศขึ้นต้นด้วย + และรหัสประเทศ',
    'There are too few or too many digits. Thai mobile numbers have 10, landlines 9; others begin with + and the country’s code.',
  )
}

const mailbox =
  /^[^\s@<>()",;:\\[\]]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?\.)+[\p{L}\p{M}]{2,63}$/u

export const readEmail: Reader = (field, sent) => {
  const raw = readWritten(sent.one(field.id), { most: 254 })
  if (raw.kind !== 'text') return raw
  const address = raw.text.replace(/^mailto:/i, '')
  if (!address.includes('@'))
    return wrong(
      'อีเมลต้องมีเครื่องหมาย @ เช่น name@example.com',
      'An e-mail address has an @, as in name@example.com.',
    )
  if (!mailbox.test(address) || address.includes('..'))
    return wrong(
      'รูปแบบอีเมลไม่ถูกต้อง ตรวจว่าไม่มีช่องว่างหรือเครื่องหมายเกิน เช่น name@example.com',
      'This is not a whole e-mail address. See that there are no spaces or extra signs: name@example.com.',
    )
  const at = address.lastIndexOf('@')
  return answer(address.slice(0, at) + address.slice(at).toLowerCase())
}
