import { answer, empty, type Reader, wrong } from '../reading.ts'

const otherOption = wrong('เลือกจากรายการที่แสดงเท่านั้น เลือกใหม่อีกครั้ง', 'Choose one of the options that are shown.')

export const readChoice: Reader = ({ id, options }, sent) => {
  const value = sent.one(id)
  if (value === '') return empty
  return options.some((option) => option.value === value) ? answer(value) : otherOption
}

/** Any of the options, in the options' order. */
export const readChoices: Reader = ({ id, options }, sent) => {
  const chosen = new Set(sent.all(id).filter((value) => value !== ''))
  const values = options.map(({ value }) => value).filter((value) => chosen.has(value))
  if (values.length < chosen.size) return otherOption
  return values.length === 0 ? empty : answer(values)
}

export const readYesNo: Reader = ({ id }, sent) => {
  const value = sent.one(id)
  if (value === '') return empty
  return value === 'yes' || value === 'no' ? answer(value === 'yes') : otherOption
}

export const readCountry: Reader = ({ id }, sent, { countries }) => {
  const value = sent.one(id).slice(0, 10)
  if (value === '') return empty
  return countries.some(({ code }) => code === value) ? answer(value) : otherOption
}
