import { localName, XmlFault, XmlReader } from '../xml/xml-reader.ts'
import { numberText } from './number-format.ts'
import { richText, type Workbook } from './workbook.ts'

/** As many as a sheet can have (ECMA-376): its last column is XFD. */
const MOST_COLUMNS = 16_384

/** Why a cell has no value that could be answered. */
export type CellFault = 'error' | 'uncounted' | 'unreadable'

export interface SheetRow {
  /** As the program that shows the sheet numbers it. */
  readonly number: number
  /** By the number of the column, from 0; empty cells are left out. */
  readonly cells: ReadonlyMap<number, string | CellIsFaulty>
}

/** A cell that has a value nobody can use: an error such as #N/A, or a formula that was never worked out. */
export interface CellIsFaulty {
  readonly fault: CellFault
}

/** The rows of a sheet's XML that have cells, in order. Throws `XmlFault`. */
export function* sheetRows(xml: Buffer, workbook: Workbook): Generator<SheetRow> {
  const reader = new XmlReader(xml)
  let number = 0
  for (let kind = reader.next(); kind !== undefined; kind = reader.next()) {
    if (kind !== 'start' || localName(reader.name) !== 'row') continue
    number = Number(reader.attribute('r')) || number + 1
    const cells = cellsOf(reader, workbook)
    if (cells.size > 0) yield { number, cells }
  }
}

function cellsOf(reader: XmlReader, workbook: Workbook): SheetRow['cells'] {
  const cells = new Map<number, string | CellIsFaulty>()
  const depth = reader.depth
  let column = -1
  for (let kind = reader.next(); kind !== undefined && reader.depth >= depth; kind = reader.next()) {
    if (kind !== 'start' || localName(reader.name) !== 'c') continue
    const [place, style] = [reader.attribute('r'), reader.attribute('s')]
    const type = reader.attribute('t') ?? 'n'
    column = place === undefined ? column + 1 : columnOf(place)
    if (column < 0 || column >= MOST_COLUMNS) throw new XmlFault('a cell where no column is')
    const value = cellText(contentOf(reader), type, workbook, Number(style ?? 0))
    if (value !== '') cells.set(column, value)
  }
  return cells
}

/** `AB7` is column 27. */
function columnOf(place: string): number {
  let column = 0
  for (let at = 0; at < place.length; at += 1) {
    const letter = place.charCodeAt(at) - 64
    if (letter < 1 || letter > 26) break
    column = column * 26 + letter
  }
  return column - 1
}

interface CellContent {
  readonly value: string
  readonly inline?: string
  readonly isFormula: boolean
}

function contentOf(reader: XmlReader): CellContent {
  const depth = reader.depth
  let [value, inline, isFormula]: [string, string | undefined, boolean] = ['', undefined, false]
  let inValue = false
  for (let kind = reader.next(); kind !== undefined && reader.depth >= depth; kind = reader.next()) {
    if (kind === 'text') {
      if (inValue) value += reader.text
      continue
    }
    const name = localName(reader.name)
    inValue = kind === 'start' && name === 'v'
    if (kind === 'start' && name === 'f') isFormula = true
    if (kind === 'start' && name === 'is') inline = richText(reader)
  }
  return { value, isFormula, ...(inline === undefined ? {} : { inline }) }
}

function cellText(
  { value, inline, isFormula }: CellContent,
  type: string,
  { strings, formats, since1904 }: Workbook,
  style: number,
): string | CellIsFaulty {
  if (type === 'inlineStr') return inline ?? ''
  if (type === 'e') return { fault: 'error' }
  if (value === '') return isFormula && type !== 'str' ? { fault: 'uncounted' } : ''
  if (type === 's') return strings[Number(value)] ?? { fault: 'unreadable' }
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE'
  if (type !== 'n') return value
  return numberText(value, formats[style], since1904) ?? { fault: 'unreadable' }
}
