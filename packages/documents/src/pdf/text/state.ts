import type { Font } from './font.ts'
import { IDENTITY, type Matrix } from './matrix.ts'

/** The graphics state as far as text needs it (ISO 32000-2, 8.4, 9.3). `q` keeps a copy. */
export interface State {
  ctm: Matrix
  font: Font | undefined
  size: number
  characterSpace: number
  wordSpace: number
  scale: number
  leading: number
  rise: number
  mode: number
}

export function initialState(ctm: Matrix): State {
  return {
    ctm,
    font: undefined,
    size: 0,
    characterSpace: 0,
    wordSpace: 0,
    scale: 1,
    leading: 0,
    rise: 0,
    mode: 0,
  }
}

/** The two matrices of a text object (9.4.1). */
export interface TextPosition {
  matrix: Matrix
  line: Matrix
}

export function startOfText(): TextPosition {
  return { matrix: IDENTITY, line: IDENTITY }
}
