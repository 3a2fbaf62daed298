import { readFileSync } from 'node:fs'
import { Problem } from '@sapan/kernel'
import { authenticatorProblems } from '../problems/authenticators.ts'

const fewest = 12
const most = 256

let bases: readonly string[] | undefined

/**
 * Refuses what is short or what others would try first; asks for no kinds of letters (NIST SP 800-63B-4 §3.1.1.2).
 * `own` is what is known of the person: their address, their name. Throws `password-weak`.
 */
export function checkPassword(password: string, own: readonly string[]): void {
  const written = password.normalize('NFKC')
  const letters = [...written]
  if (letters.length < fewest || letters.length > most) throw weak()
  const plain = written.toLowerCase()
  if (hasFewLetters(plain) || isRun(plain) || isMostlyKnown(plain, own)) throw weak()
}

function hasFewLetters(plain: string): boolean {
  return new Set(plain).size < 5
}

/** Neighbours in the order of codes, of digits or of keys, over most of its length. */
function isRun(plain: string): boolean {
  const rows = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm', '1234567890']
  const letters = [...plain]
  const steps = letters.slice(1).filter((letter, at) => {
    const before = letters[at] ?? ''
    const step = (letter.codePointAt(0) ?? 0) - (before.codePointAt(0) ?? 0)
    return (
      Math.abs(step) <= 1 ||
      rows.some((row) => row.includes(before + letter) || row.includes(letter + before))
    )
  })
  return steps.length >= letters.length * 0.7
}

/** Once the words that all try are taken out, fewer than six letters are left. */
function isMostlyKnown(plain: string, own: readonly string[]): boolean {
  const personal = own
    .flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}\p{M}]+/u))
    .filter((word) => word.length > 3)
  const unmasked = plain
    .replace(/[@4]/g, 'a')
    .replace(/[0]/g, 'o')
    .replace(/[1!]/g, 'i')
    .replace(/[3]/g, 'e')
    .replace(/[$5]/g, 's')
  return [plain, unmasked].some((form) => {
    const rest = [...personal, ...commonWords()].reduce((left, word) => left.replaceAll(word, ''), form)
    return [...rest.replace(/[\d\s\p{P}\p{S}]/gu, '')].length < 6 && rest.length < form.length
  })
}

/** Words out of which the passwords are made that people take most; the longest first. */
function commonWords(): readonly string[] {
  bases ??= readFileSync(new URL('common-words.txt', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .sort((a, b) => b.length - a.length)
  return bases
}

function weak(): Problem {
  return new Problem(authenticatorProblems['password-weak'])
}
