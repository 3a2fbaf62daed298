/** What may be called in an expression: how many arguments it takes as a function, and how many behind a dot. */
export interface Callable {
  readonly asFunction?: readonly number[]
  readonly asMethod?: readonly number[]
}

const METHOD_1 = { asMethod: [1] }

/**
 * The functions that every dialect has. CEL's own that give doubles, times, bytes or types are left out: amounts are whole satang,
 * days are texts.
 */
export const callables: Readonly<Record<string, Callable>> = {
  size: { asFunction: [1], asMethod: [0] },
  contains: METHOD_1,
  startsWith: METHOD_1,
  endsWith: METHOD_1,
  matches: METHOD_1,
  charAt: METHOD_1,
  indexOf: { asMethod: [1, 2] },
  lowerAscii: { asMethod: [0] },
  upperAscii: { asMethod: [0] },
  replace: { asMethod: [2, 3] },
  split: { asMethod: [1, 2] },
  substring: { asMethod: [1, 2] },
  trim: { asMethod: [0] },
  join: { asMethod: [0, 1] },
  int: { asFunction: [1] },
  string: { asFunction: [1] },
  orElse: { asFunction: [2] },
  age: { asFunction: [2] },
  daysBetween: { asFunction: [2] },
  addDays: { asFunction: [2] },
  addMonths: { asFunction: [2] },
  monthsBegun: { asFunction: [2] },
  yearOf: { asFunction: [1] },
  monthOf: { asFunction: [1] },
  buddhistYear: { asFunction: [1] },
  min: { asFunction: [1, 2, 3] },
  max: { asFunction: [1, 2, 3] },
  sum: { asFunction: [1] },
  percent: { asFunction: [2] },
  brackets: { asFunction: [2] },
}

/** CEL's macros, which the parser has turned into other syntax before a call is seen: only wrong uses are left over. */
export const macros: readonly string[] = ['has', 'all', 'exists', 'exists_one', 'map', 'filter']
