import { nationalIdCheckDigit } from '@sapan/kernel'
import type { Origin } from './country.ts'
import { type Day, day } from './days.ts'

/** First number of births told in time since 1984; before, the register was filled from the house books. */
const BIRTHS_SINCE = day(1984, 1, 1)

/** What the first digit says: how its holder came into the register. */
export function firstDigit(origin: Origin, born: Day, share: number): number {
  if (origin === 'newcomer-0') return 0
  if (origin === 'newcomer-6') return 6
  if (origin === 'born-to-newcomers') return 7
  if (origin === 'newcomer-8') return 8
  if (born >= BIRTHS_SINCE) return share < 0.96 ? 1 : 2
  if (share < 0.93) return 3
  return share < 0.97 ? 4 : 5
}

/**
 * The registration office of a synthetic number: province and 51 to 59. No district of Thailand has such a code
 * (Bangkok's end at 50; municipal offices count down from 99), so the number is nobody's, and can be told apart.
 */
function syntheticOffice(province: string, serial: number): string {
  return `${province}${51 + (serial % 9)}`
}

/** Spreads serials over seven digits without meeting twice: 7,368,787 has no factor in common with ten million. */
export function scattered(serial: number, digits: number): string {
  const range = 10 ** digits
  return String((serial * 7_368_787 + 1_234_567) % range).padStart(digits, '0')
}

export function syntheticNationalId(first: number, province: string, serial: number): string {
  const twelve = `${first}${syntheticOffice(province, serial)}${scattered(serial, 7)}`
  return twelve + nationalIdCheckDigit(twelve)
}

/** Whether a thirteen-digit number of a person is one of the sandbox: office 51 to 59. */
export function isSyntheticNationalId(id: string): boolean {
  return /^\d[1-9]\d5[1-9]\d{8}$/.test(id)
}

/** รหัสประจำบ้าน: office, six digits, and a last digit that the sandbox calculates as for people. */
export function syntheticHouseId(province: string, serial: number): string {
  const ten = `${syntheticOffice(province, serial)}${scattered(serial, 6)}`
  let sum = 0
  for (let i = 0; i < 10; i++) sum += Number(ten[i]) * (11 - i)
  return ten + ((11 - (sum % 11)) % 10)
}
