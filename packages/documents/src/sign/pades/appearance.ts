import { PdfRef } from '../../pdf/index.ts'
import { signProblem } from '../../problems/sign.ts'
import { characterName, refusedCharacters } from '../../text/characters.ts'
import { textParts } from '../../text/line-breaks.ts'
import { type ShapedText, type Typeface, typeface } from '../../text/typeface.ts'
import { type DocumentFont, documentFonts } from '../../write/document-fonts.ts'
import { ShownText } from '../../write/page-content.ts'
import { array, dictionary, number } from '../../write/syntax.ts'
import type { Draft } from './draft.ts'
import { DraftSink } from './draft-sink.ts'

export interface AppearanceBox {
  /** In points. */
  readonly width: number
  readonly height: number
  /** How the page is turned when shown: 0, 90, 180 or 270, clockwise. */
  readonly rotate: number
}

/** Text sizes that are tried, the largest first. */
const sizes = [14, 13, 12, 11, 10, 9, 8, 7, 6]
/** Thai has marks above and below: lines stand this many times the size apart, the first so far below the edge. */
const lineHeight = 1.35
const firstBaseline = 1.05
const margin = 3

/**
 * Draws the lines into a Form XObject (ISO 32000-2, 12.5.5) with a subset of Sarabun embedded, as PDF/A wants it, in the
 * largest size in which they fit. Throws `signature-appearance-unusable`.
 */
export function drawAppearance(draft: Draft, box: AppearanceBox, lines: readonly string[]): PdfRef {
  const face = typeface('regular')
  checkCharacters(lines, face)
  const isTurned = box.rotate % 180 !== 0
  const [width, height] = isTurned ? [box.height, box.width] : [box.width, box.height]
  const { size, rows } = fitted(lines, face, width - 2 * margin, height - 2 * margin)
  const font = documentFonts([[face, rows.flat()]]).get(face)
  const sink = new DraftSink(draft)
  const reference = sink.addStream(
    {
      Type: '/XObject',
      Subtype: '/Form',
      BBox: array([0, 0, width, height].map(number)),
      Matrix: turns[box.rotate],
      Resources: font
        ? dictionary({ Font: dictionary({ [font.resource]: font.write(sink) }) })
        : dictionary({}),
    },
    Buffer.from(font ? content(font, rows, size, height) : '', 'latin1'),
  )
  return new PdfRef(Number.parseInt(reference, 10))
}

/** Against the page's turn; moving into the rectangle is the reader's (12.5.5, algorithm 8). */
const turns: Readonly<Record<number, string>> = {
  90: '[0 1 -1 0 0 0]',
  180: '[-1 0 0 -1 0 0]',
  270: '[0 -1 1 0 0 0]',
}

function checkCharacters(lines: readonly string[], face: Typeface): void {
  const refused = lines.flatMap((line) => refusedCharacters(line, face))
  if (refused.length === 0) return
  const names = [...new Set(refused.map(characterName))].slice(0, 10).join(', ')
  throw signProblem('signature-appearance-unusable', names, names)
}

type Row = readonly ShapedText[]

function fitted(lines: readonly string[], face: Typeface, width: number, height: number) {
  for (const size of sizes) {
    const rows = lines.flatMap((line) => wrapped(line, face, (width * 1000) / size))
    const isNarrow = rows.every((row) => widthOf(row) * size <= width * 1000)
    if (isNarrow && rows.length * size * lineHeight <= height) return { size, rows }
  }
  throw signProblem(
    'signature-appearance-unusable',
    'ข้อความไม่พอดีกับกรอบ',
    'The text does not fit into the box',
  )
}

/** A line broken where Thai and Latin text may be. `most`: its width in units of 1000 to the size. */
function wrapped(line: string, face: Typeface, most: number): Row[] {
  const rows: ShapedText[][] = [[]]
  let word: ShapedText[] = []
  for (const part of textParts(line)) {
    word.push(face.shape(part.text))
    if (!part.breakAfter) continue
    place(rows, word, most)
    word = []
  }
  place(rows, word, most)
  return rows
}

function place(rows: ShapedText[][], word: readonly ShapedText[], most: number): void {
  const row = rows.at(-1) ?? []
  if (row.length === 0 || widthOf(row) + widthOf(word) <= most) row.push(...word)
  else rows.push([...word])
}

/** What is at its end is not counted where it is but space. */
function widthOf(row: Row): number {
  const ends = row.findLastIndex(({ text }) => text.trim() !== '')
  return row.slice(0, ends + 1).reduce((sum, text) => sum + text.width, 0)
}

function content(font: DocumentFont, rows: readonly Row[], size: number, height: number): string {
  const shown = rows.map((texts, index) => {
    const baseline = height - margin - size * (firstBaseline + index * lineHeight)
    const run = { texts, size, spaceStretch: 0, gapStretch: 0 }
    return `1 0 0 1 ${number(margin)} ${number(baseline)} Tm\n${new ShownText(font, run).operators()}`
  })
  return `q 0 g BT\n/${font.resource} ${number(size)} Tf\n${shown.join('')}ET Q\n`
}
