import type { Language } from '@sapan/kernel'
import { asciiDigits } from '../digits.ts'
import { answer, empty, type Reader, type Reading, type SentFields, wrong } from '../reading.ts'
import { monthNames, monthNumber } from './months.ts'

/** Years between the eras: B.E. 2569 is C.E. 2026. */
const eraYears = 543

/** A day in three parts, `-day`, `-month`, `-year`: `2026-02-28`. */
export const readDay: Reader = ({ id }, sent, { language }) => {
  const day = partOf(sent, `${id}-day`)
  const [month, year] = [partOf(sent, `${id}-month`), partOf(sent, `${id}-year`)]
  if (day === '' && month === '' && year === '') return empty
  if (day === '') return wrong('ยังไม่ได้กรอกวันที่', 'The day is missing.', '')
  if (!/^\d{1,2}$/.test(day) || Number(day) < 1 || Number(day) > 31)
    return wrong('กรอกวันที่เป็นตัวเลข 1 ถึง 31', 'Enter the day as a number from 1 to 31.', '')
  const at = readMonthYear(month, year, language)
  if ('kind' in at) return at
  if (Number(day) > daysIn(at.year, at.month)) return noSuchDay(Number(day), at)
  return answer(`${isoMonth(at)}-${day.padStart(2, '0')}`)
}

/** A month of a year in two parts, `-month`, `-year`: `2026-02`. */
export const readMonth: Reader = ({ id }, sent, { language }) => {
  const [month, year] = [partOf(sent, `${id}-month`), partOf(sent, `${id}-year`)]
  if (month === '' && year === '') return empty
  const at = readMonthYear(month, year, language)
  return 'kind' in at ? at : answer(isoMonth(at))
}

interface MonthOfYear {
  /** Of the common era. */
  readonly year: number
  /** 1 to 12. */
  readonly month: number
}

function partOf(sent: SentFields, name: string): string {
  return asciiDigits(sent.one(name).slice(0, 100)).trim()
}

function readMonthYear(month: string, year: string, language: Language): MonthOfYear | Reading {
  if (month === '') return wrong('ยังไม่ได้กรอกเดือน', 'The month is missing.', '-month')
  const number = monthNumber(month)
  if (number === undefined)
    return wrong('กรอกเดือนเป็นตัวเลข 1 ถึง 12', 'Enter the month as a number from 1 to 12.', '-month')
  const common = commonYear(year, language)
  return typeof common === 'number' ? { year: common, month: number } : common
}

/**
 * A year of either era, as a common one: from 2400 it is of the Buddhist era, whatever the page's language, since
 * nobody's papers name a day as far in the other. What both eras leave unclear is said, with what was likely meant.
 */
function commonYear(year: string, language: Language): number | Reading {
  if (year === '') return wrong('ยังไม่ได้กรอกปี', 'The year is missing.', '-year')
  const bare = year.replace(/^(?:พ\.?ศ\.?|ค\.?ศ\.?|b\.?e\.?|c\.?e\.?|a\.?d\.?)\s*/i, '')
  const says = eraSaid(year)
  if (!/^\d+$/.test(bare))
    return wrong('กรอกปีเป็นตัวเลข 4 หลัก เช่น 2569', 'Enter the year in four digits, such as 2026.', '-year')
  if (bare.length !== 4) return shortYear(bare, language)
  const number = Number(bare)
  if (says === 'common') return number >= 2400 ? saidCommon(number) : number
  if (says === 'buddhist') return number < 2400 ? saidBuddhist(number) : number - eraYears
  // 543 added to a year that had it already: 2569 as 3112.
  if (number >= 2943) return doubled(number, number - eraYears)
  if (number >= 2400) return number - eraYears
  // 543 taken from a common year: 1990 as 1447; but old deeds and births from 1800 on are real.
  if (number < 1800) return doubled(number, number + eraYears)
  if (number > 2200) return unclear(number)
  return number
}

function eraSaid(year: string): 'buddhist' | 'common' | undefined {
  if (/^(?:พ\.?ศ|b\.?e)/i.test(year)) return 'buddhist'
  return /^(?:ค\.?ศ|c\.?e|a\.?d)/i.test(year) ? 'common' : undefined
}

function shortYear(year: string, language: Language): Reading {
  const like = language === 'th' ? 2500 : 1900
  const meant = year.length === 2 ? like + Number(year) : undefined
  return wrong(
    `กรอกปีให้ครบ 4 หลัก${meant === undefined ? ' เช่น 2569' : ` เช่น ${meant} แทน ${year}`}`,
    `Enter all four digits of the year${meant === undefined ? ', such as 2026' : `: ${meant} instead of ${year}, for example`}.`,
    '-year',
  )
}

function doubled(typed: number, meant: number): Reading {
  const [buddhist, common] = meant >= 2400 ? [meant, meant - eraYears] : [meant + eraYears, meant]
  return wrong(
    `ปี ${typed} น่าจะแปลงพุทธศักราชกับคริสต์ศักราชซ้ำ หากหมายถึง พ.ศ. ${buddhist} (ค.ศ. ${common}) ให้กรอก ${buddhist}`,
    `${typed} looks as if Buddhist and common years were converted twice. For ${common} (B.E. ${buddhist}), enter ${common}.`,
    '-year',
  )
}

function unclear(typed: number): Reading {
  return wrong(
    `ปี ${typed} ไม่ใช่ทั้ง พ.ศ. และ ค.ศ. ที่เป็นไปได้ ตรวจตัวเลขอีกครั้ง เช่น พ.ศ. 2569 คือ ค.ศ. 2026`,
    `${typed} is neither a likely Buddhist year nor a common one. Look at the digits again: 2026 is B.E. 2569.`,
    '-year',
  )
}

function saidCommon(typed: number): Reading {
  return wrong(
    `ปี ${typed} เป็นพุทธศักราช ไม่ใช่คริสต์ศักราช กรอก ${typed} โดยไม่ใส่ ค.ศ. หรือกรอก ${typed - eraYears}`,
    `${typed} is a Buddhist year, not a common one. Enter ${typed} alone, or ${typed - eraYears}.`,
    '-year',
  )
}

function saidBuddhist(typed: number): Reading {
  return wrong(
    `ปี ${typed} เป็นคริสต์ศักราช ไม่ใช่พุทธศักราช กรอก ${typed + eraYears} หรือ ${typed} โดยไม่ใส่ พ.ศ.`,
    `${typed} is a common year, not a Buddhist one. Enter ${typed + eraYears}, or ${typed} alone.`,
    '-year',
  )
}

function noSuchDay(day: number, { year, month }: MonthOfYear): Reading {
  const last = daysIn(year, month)
  const [th, en] = [monthNames.th[month - 1], monthNames.en[month - 1]]
  if (month === 2 && day === 29) {
    return wrong(
      `ไม่มีวันที่ 29 กุมภาพันธ์ พ.ศ. ${year + eraYears} (ค.ศ. ${year}) เพราะไม่ใช่ปีอธิกสุรทิน เดือนนี้มี 28 วัน`,
      `There is no 29 February ${year} (B.E. ${year + eraYears}): it was not a leap year. The month has 28 days.`,
      '',
    )
  }
  return wrong(`เดือน${th}มี ${last} วัน ไม่มีวันที่ ${day}`, `${en} has ${last} days; there is no ${day}.`, '')
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

function isoMonth({ year, month }: MonthOfYear): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`
}
