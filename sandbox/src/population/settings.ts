import { day } from './days.ts'

/** The seed of the sandbox country. Another seed gives another country. */
export const SEED = 2569

/** How many people the register holds, the dead among them. */
export const PEOPLE = 100_000

/** The day up to which the register is kept: everything that it tells happened on it or before. */
export const REGISTER_DAY = day(2026, 9, 30)

/** Numbers of thirteen digits were given from this day; who died before it is in no register. */
export const NUMBERS_BEGIN = day(1984, 1, 1)

/** Couples with whom the country begins, and the year. */
export const FOUNDING_COUPLES = 11_050
export const FIRST_YEAR = 1930

/** People who come from elsewhere in a year since 1990. */
export const NEWCOMERS_A_YEAR = 45
export const NEWCOMERS_SINCE = 1990
