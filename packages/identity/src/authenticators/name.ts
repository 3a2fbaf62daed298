import { Problem } from '@sapan/kernel'
import { authenticatorProblems } from '../problems/authenticators.ts'

const mostLetters = 60

/**
 * What a person calls something, fit to be shown to them again: at most 60 letters, in one line, without marks that are
 * not seen and could turn what stands beside it around. Throws `name-invalid` where nothing is left, or too much.
 */
export function ownName(written: string): string {
  const name = written
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
  if (name === '' || [...name].length > mostLetters) throw new Problem(authenticatorProblems['name-invalid'])
  return name
}
