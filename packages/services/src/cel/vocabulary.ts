import { type Callable, callables as general } from '@sapan/cel'

/** The functions that only definitions have: what writes amounts, days and addresses into texts. */
export const textCallables: Readonly<Record<string, Callable>> = {
  baht: { asFunction: [1] },
  thaiDate: { asFunction: [1] },
  thaiAddress: { asFunction: [1] },
}

/** All functions of definitions' expressions. */
export const callables: Readonly<Record<string, Callable>> = { ...general, ...textCallables }
