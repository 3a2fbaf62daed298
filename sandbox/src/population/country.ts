import type { Subdistrict } from '@sapan/thailand'
import type { Day } from './days.ts'

export const NOBODY = -1
/** No such day: not dead, never married. */
export const NEVER = -0x8000_0000

export const MALE = 0
export const FEMALE = 1

export type Marital = 'single' | 'married' | 'widowed' | 'divorced'

/** How someone came into the register, which decides the first digit of the number. */
export type Origin = 'native' | 'newcomer-0' | 'newcomer-6' | 'newcomer-8' | 'born-to-newcomers'

/** Someone of the sandbox while the country is made. Other people are named by their index. */
export interface Person {
  readonly index: number
  readonly sex: typeof MALE | typeof FEMALE
  readonly born: Day
  readonly birthYear: number
  readonly father: number
  readonly mother: number
  readonly origin: Origin
  readonly birthHouse: number
  givenName: number
  familyName: number
  died: Day
  spouse: number
  married: Day
  marital: Marital
  house: number
  /** The day of the last thing that happened to the person: nothing else may come before it. */
  last: Day
  lastBirth: Day
  readonly children: number[]
}

export interface House {
  readonly index: number
  readonly subdistrict: Subdistrict
  readonly number: string
  /** หมู่ที่; none in Bangkok. */
  readonly moo: number | null
  readonly postalCode: string
}

export interface Move {
  readonly person: number
  readonly day: Day
  readonly from: number
  readonly to: number
}

/** Everyone, every house and every move, in the order in which they came. */
export interface Country {
  readonly people: Person[]
  readonly houses: House[]
  readonly moves: Move[]
}
