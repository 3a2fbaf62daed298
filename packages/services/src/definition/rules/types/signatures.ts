import {
  any,
  date,
  either,
  isNumber,
  isText,
  listOf,
  money,
  objectOfTypes,
  text,
  type ValueType,
  whole,
} from './type.ts'

/** What a function takes, in its order, and what it gives. */
export interface Signature {
  readonly takes: readonly Taking[]
  gives(given: readonly ValueType[]): ValueType
}

export interface Taking {
  readonly is: ValueType
  accepts(given: ValueType): boolean
}

const number: Taking = { is: whole, accepts: isNumber }
const amount: Taking = { is: money, accepts: isNumber }
const aText: Taking = { is: text, accepts: isText }
/** A text is one where it is; a number never is, and a month is none. */
const aDay: Taking = {
  is: date,
  accepts: (given) =>
    given.kind === 'choice'
      ? given.values.some((value) => /^\d{4}-\d{2}-\d{2}$/.test(value))
      : isText(given) && given.kind !== 'month',
}
const aDayOrMonth: Taking = {
  is: date,
  accepts: (given) => aDay.accepts(given) || isMonth(given),
}
function isMonth(given: ValueType): boolean {
  if (given.kind !== 'choice') return given.kind === 'month'
  return given.values.some((value) => /^\d{4}-\d{2}$/.test(value))
}
const numbers: Taking = {
  is: listOf(whole),
  accepts: (given) => given.kind === 'any' || (given.kind === 'list' && isNumber(given.of)),
}
const aList: Taking = { is: listOf(any), accepts: ({ kind }) => kind === 'any' || kind === 'list' }
const many: Taking = {
  is: listOf(any),
  accepts: (given) => isText(given) || given.kind === 'list' || given.kind === 'object',
}
const anAddress: Taking = {
  is: objectOfTypes({}),
  accepts: ({ kind }) => kind === 'any' || kind === 'object',
}
const plain: Taking = {
  is: text,
  accepts: (given) => isText(given) || isNumber(given) || given.kind === 'yes-no',
}
const anything: Taking = { is: any, accepts: () => true }

const gives = (takes: readonly Taking[], type: ValueType): Signature => ({ takes, gives: () => type })
const same = (takes: readonly Taking[]): Signature => ({ takes, gives: (given) => given.reduce(either) })
const ofList: Signature = {
  takes: [numbers],
  gives: ([list]) => (list?.kind === 'list' ? list.of : whole),
}
const texts = (count: number, type: ValueType = text) => gives(Array(count).fill(aText), type)
const yesNo: ValueType = { kind: 'yes-no' }

/** By name and number of arguments; what stands before a dot is the first. */
export const signatures: Readonly<Record<string, Signature>> = {
  'size/1': gives([many], whole),
  'contains/2': texts(2, yesNo),
  'startsWith/2': texts(2, yesNo),
  'endsWith/2': texts(2, yesNo),
  'matches/2': texts(2, yesNo),
  'charAt/2': gives([aText, number], text),
  'indexOf/2': texts(2, whole),
  'indexOf/3': gives([aText, aText, number], whole),
  'lowerAscii/1': texts(1),
  'upperAscii/1': texts(1),
  'replace/3': texts(3),
  'replace/4': gives([aText, aText, aText, number], text),
  'split/2': texts(2, listOf(text)),
  'split/3': gives([aText, aText, number], listOf(text)),
  'substring/2': gives([aText, number], text),
  'substring/3': gives([aText, number, number], text),
  'trim/1': texts(1),
  'join/1': gives([aList], text),
  'join/2': gives([aList, aText], text),
  'int/1': gives([{ is: whole, accepts: (given) => isNumber(given) || isText(given) }], whole),
  'string/1': gives([plain], text),
  'orElse/2': { takes: [anything, anything], gives: (given) => given.reduce(either) },
  'age/2': gives([aDay, aDay], whole),
  'daysBetween/2': gives([aDay, aDay], whole),
  'addDays/2': gives([aDay, number], date),
  'addMonths/2': gives([aDay, number], date),
  'monthsBegun/2': gives([aDay, aDay], whole),
  'yearOf/1': gives([aDayOrMonth], whole),
  'monthOf/1': gives([aDayOrMonth], whole),
  'buddhistYear/1': gives([aDayOrMonth], whole),
  'min/1': ofList,
  'max/1': ofList,
  'sum/1': ofList,
  'min/2': same([number, number]),
  'max/2': same([number, number]),
  'min/3': same([number, number, number]),
  'max/3': same([number, number, number]),
  'percent/2': gives([amount, number], money),
  'brackets/2': gives([amount, aList], money),
  'baht/1': gives([amount], text),
  'thaiDate/1': gives([aDay], text),
  'thaiAddress/1': gives([anAddress], text),
}
