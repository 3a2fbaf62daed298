import { isSpace } from './characters.ts'
import { malformed, PdfError } from './error.ts'
import type { Budget } from './limits.ts'
import type { PdfDict } from './objects.ts'
import { ObjectParser } from './parser.ts'
import type { Revision, XrefEntry } from './revision.ts'
import { readSections, type Section } from './xref.ts'

const EOF = '%%EOF'

/** How far from the end of the file `startxref` may stand. */
const TAIL = 1024

export interface Structure {
  /** The oldest first, each with the trailer that held when it was the newest. */
  readonly revisions: readonly { readonly revision: Revision; readonly trailer: PdfDict }[]
  /** Bytes after the `%%EOF` of the last revision, but for white space and zeros at the end of the file. */
  readonly trailing: number
  readonly warnings: readonly string[]
}

/** Finds the revisions of a file: from its end backwards, only by what `startxref` and `Prev` say. */
export function readStructure(bytes: Uint8Array, budget: Budget): Structure {
  const warnings: string[] = []
  const tail = readTail(bytes, budget)
  const sections = readSections(bytes, tail.startxref, budget)
  const groups = groupSections(sections, warnings)
  const revisions: { revision: Revision; trailer: PdfDict }[] = []
  let start = 0
  for (const [index, group] of groups.entries()) {
    const newest = group[0]
    if (newest === undefined) continue
    const marker = endOf(bytes, group, budget)
    if (marker < 0) warnings.push('revision-without-end')
    const isLast = index === groups.length - 1
    // What lies behind the last revision's own end is none of it, also where the file ends like one once more.
    const endOfMarker = marker >= 0 ? marker : isLast ? tail.endOfMarker : sectionEnd(group)
    const end = endOfLine(bytes, endOfMarker)
    if (endOfMarker < start) throw malformed('The revisions of the file overlap', newest.offset)
    revisions.push({
      trailer: newest.trailer,
      revision: {
        index,
        start,
        end,
        endOfMarker,
        startxref: newest.offset,
        kind: newest.kind,
        objects: group.length === 1 ? newest.entries : merged(group),
      },
    })
    start = end
  }
  return { revisions, trailing: countTrailing(bytes, start), warnings }
}

function readTail(bytes: Uint8Array, budget: Budget): { startxref: number; endOfMarker: number } {
  let last = bytes.length
  while (last > 0 && (isSpace(bytes[last - 1]) || bytes[last - 1] === 0)) last--
  const from = Math.max(0, last - TAIL)
  const marker = lastIndexOf(bytes, EOF, last, from)
  const start = lastIndexOf(bytes, 'startxref', marker < 0 ? last : marker, Math.max(0, from - TAIL))
  if (marker < 0 || start < 0) throw new PdfError('truncated', 'The end of the file is missing', bytes.length)
  const parser = new ObjectParser(bytes, start, marker, budget)
  parser.expect('startxref')
  const startxref = parser.wholeNumber()
  parser.skipSpace()
  if (startxref === undefined || parser.position !== marker) {
    throw malformed('The end of the file is malformed', start)
  }
  return { startxref, endOfMarker: marker + EOF.length }
}

function lastIndexOf(bytes: Uint8Array, word: string, before: number, from: number): number {
  for (let at = before - word.length; at >= from; at--) {
    let i = 0
    while (i < word.length && bytes[at + i] === word.charCodeAt(i)) i++
    if (i === word.length) return at
  }
  return -1
}

/**
 * Sections oldest first; the two of a linearised file (annex F) together, the one that counts first in front: its
 * first-page section stands before the main one, to which its Prev points forward.
 */
function groupSections(sections: readonly Section[], warnings: string[]): Section[][] {
  const groups: Section[][] = []
  for (let i = 0; i < sections.length; i++) {
    const section = sections[i]
    const older = sections[i + 1]
    if (section === undefined) continue
    if (older === undefined || older.offset < section.offset) groups.push([section])
    else if (older.previous === undefined) {
      groups.push([section, older])
      warnings.push('linearised')
      i++
    } else throw malformed('The cross-reference sections are out of order', section.offset)
  }
  return groups.reverse()
}

function sectionEnd(group: readonly Section[]): number {
  return Math.max(...group.map((section) => section.end))
}

/** The position after the `%%EOF` that belongs to these sections; -1 where none does. */
function endOf(bytes: Uint8Array, group: readonly Section[], budget: Budget): number {
  const parser = new ObjectParser(bytes, sectionEnd(group), bytes.length, budget)
  if (!parser.accept('startxref')) return -1
  const says = parser.wholeNumber()
  if (says !== group[0]?.offset) return -1
  while (isSpace(bytes[parser.position])) parser.position++
  return parser.at(EOF) ? parser.position + EOF.length : -1
}

function endOfLine(bytes: Uint8Array, at: number): number {
  if (bytes[at] === 10) return at + 1
  if (bytes[at] !== 13) return at
  return bytes[at + 1] === 10 ? at + 2 : at + 1
}

function merged(group: readonly Section[]): Map<number, XrefEntry> {
  const entries = new Map<number, XrefEntry>()
  for (const section of [...group].reverse()) {
    for (const [num, entry] of section.entries) {
      if (entry !== 'free' || !entries.has(num)) entries.set(num, entry)
    }
  }
  return entries
}

function countTrailing(bytes: Uint8Array, from: number): number {
  let last = bytes.length
  while (last > from && (isSpace(bytes[last - 1]) || bytes[last - 1] === 0)) last--
  return last - from
}
