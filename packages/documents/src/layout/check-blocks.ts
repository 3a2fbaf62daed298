import { documentProblem } from '../problems.ts'
import { linkAddress } from './address.ts'

/** What blocks may not be inside of each other deeper than: no paper needs it, and the stack has an end. */
const DEEPEST = 60

/** Numbers that may be below zero: a picture's own coordinates. */
const SIGNED = new Set(['viewBox', 'start'])

/** Without these nothing would be seen. */
const POSITIVE = new Set([
  'size',
  'textSize',
  'titleSize',
  'lineHeight',
  'columns',
  'columnSpan',
  'emblemHeight',
])

/** Words for those who hear the document, and names: never drawn, so that no font refuses their characters. */
const SPOKEN = new Set(['alt', 'label', 'summary', 'name'])

/**
 * Refuses what types can't: measures that are none, colours outside 0 to 255, addresses that lead nowhere, words that
 * nobody could hear. `value` is a part of a description, `place` where it stands: `body[3].size`.
 */
export function checkBlocks(value: unknown, place: string, depth = 0): void {
  if (depth > DEEPEST * 2) throw invalid(place, 'it is nested too deep', 'ซ้อนกันลึกเกินไป')
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) checkBlocks(item, `${place}[${index}]`, depth + 1)
    return
  }
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return
  for (const [key, item] of Object.entries(value)) {
    const at = `${place}.${key}`
    if (typeof item === 'number') checkMeasure(item, key, at)
    else if (typeof item === 'string') checkWords(item, key, at, value)
    else if (key === 'colour' || key === 'background') checkColour(item, at)
    else if (!SIGNED.has(key)) checkBlocks(item, at, depth + 1)
  }
}

/** Metres of paper and whole libraries of items are mistakes as well. */
const LARGEST = 1e9

function checkMeasure(value: number, key: string, place: string): void {
  const least = SIGNED.has(key) ? -LARGEST : 0
  if (!(value >= least && value <= LARGEST) || (value === 0 && POSITIVE.has(key)))
    throw invalid(place, `${value} is no measure`, `${value} ไม่ใช่ขนาด`)
  if ((key === 'columns' || key === 'columnSpan') && !Number.isInteger(value))
    throw invalid(place, `${value} is no number of columns`, `${value} ไม่ใช่จำนวนคอลัมน์`)
}

function checkColour(value: unknown, place: string): void {
  const channels = Array.isArray(value) ? value : []
  if (value !== undefined && !(channels.length === 3 && channels.every((one) => one >= 0 && one <= 255)))
    throw invalid(place, 'it is no colour of three parts from 0 to 255', 'ไม่ใช่สีสามส่วน ส่วนละ 0 ถึง 255')
}

function checkWords(value: string, key: string, place: string, of: object): void {
  if (key === 'link') linkAddress(value)
  if (!SPOKEN.has(key)) return
  if (/[\p{Cc}\p{Cs}]/u.test(value)) throw invalid(place, 'it has a control character', 'มีอักขระควบคุม')
  // An empty alternative is how a picture says that it is an ornament.
  if (value.trim() === '' && !(key === 'alt' && value === '' && 'source' in of))
    throw invalid(place, 'it says nothing', 'ไม่มีข้อความ')
}

const invalid = (place: string, en: string, th: string) =>
  documentProblem('document-description-invalid', {
    detail: { en: `At ${place}: ${en}.`, th: `ที่ ${place}: ${th}` },
  })
