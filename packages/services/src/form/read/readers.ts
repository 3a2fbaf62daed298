import type { FieldType } from '../../definition/form.ts'
import { empty, type Reader } from '../reading.ts'
import { addressLines, readAddress } from './addresses.ts'
import { readChoice, readChoices, readCountry, readYesNo } from './choices.ts'
import { readDay, readMonth } from './days.ts'
import { readName } from './names.ts'
import { readMoney, readWhole } from './numbers.ts'
import { readForeignerNumber, readJuristicId, readNationalId, readPassport } from './numbers-of-people.ts'
import { readEmail, readLongText, readPhone, readText } from './texts.ts'

/** How each type of field is read. A file comes with the form's files; how, the draft's upload knows. */
export const readers: Readonly<Record<FieldType, Reader>> = {
  text: readText,
  longtext: readLongText,
  choice: readChoice,
  choices: readChoices,
  'yes-no': readYesNo,
  date: readDay,
  month: readMonth,
  money: readMoney,
  whole: readWhole,
  'national-id': readNationalId,
  'juristic-id': readJuristicId,
  'foreigner-number': readForeignerNumber,
  passport: readPassport,
  phone: readPhone,
  email: readEmail,
  address: readAddress,
  country: readCountry,
  file: () => empty,
  'person-name': readName,
}

const compound: Partial<Record<FieldType, readonly string[]>> = {
  date: ['-day', '-month', '-year'],
  month: ['-month', '-year'],
  'person-name': ['-title', '-given', '-middle', '-family'],
  address: [...addressLines.map((line) => `-${line}`), '-subdistrict', '-postal'],
}

/** The names of a field's inputs. */
export function inputsOf({ id, type }: { readonly id: string; readonly type: FieldType }): readonly string[] {
  return compound[type]?.map((part) => `${id}${part}`) ?? [id]
}
