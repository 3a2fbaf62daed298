import { malformed, PdfError } from '../error.ts'
import type { PdfFile } from '../file.ts'
import { Keyword } from '../keyword.ts'
import { isArray, type PdfDict, PdfName, type PdfObject, type PdfStream, PdfString } from '../objects.ts'
import { ObjectParser } from '../parser.ts'
import { type Font, readFont } from './font.ts'
import { skipInlineImage } from './inline-image.ts'
import { MarkStack } from './marked-content.ts'
import { type Matrix, matrixOf, multiply, translate } from './matrix.ts'
import type { TextRun } from './runs.ts'
import { initialState, type State, startOfText, type TextPosition } from './state.ts'

/** Operands of one operator; what has more is no operator that is known. */
const MOST_OPERANDS = 4096
const MOST_SAVED = 1000
const DEEPEST_FORM = 16

/** A move inside TJ that is this many ems wide goes between two runs. */
const GAP = 0.15

/** Runs the operators of content streams that bear on text (ISO 32000-2, annex A), and collects what they show. */
export class Interpreter {
  readonly runs: TextRun[] = []
  readonly #file: PdfFile
  readonly #fonts: Map<PdfDict, Font>
  readonly #marks: MarkStack
  readonly #forms = new Map<PdfStream, Uint8Array>()
  #state: State
  #saved: State[] = []
  #position: TextPosition = startOfText()
  #depth = 0

  constructor(file: PdfFile, fonts: Map<PdfDict, Font>, ctm: Matrix) {
    this.#file = file
    this.#fonts = fonts
    this.#marks = new MarkStack(file)
    this.#state = initialState(ctm)
  }

  run(content: Uint8Array, resources: PdfDict): void {
    const { budget } = this.#file
    const parser = new ObjectParser(content, 0, content.length, budget, { content: true })
    let operands: PdfObject[] = []
    for (;;) {
      const token = parser.token()
      if (token === undefined) return
      if (!(token instanceof Keyword)) {
        if (operands.push(token) > MOST_OPERANDS) throw malformed('A content stream has too many operands')
        continue
      }
      if (token.word === 'BI') skipInlineImage(parser)
      else this.#operate(token.word, operands, resources)
      if (operands.length > 0) operands = []
    }
  }

  #operate(word: string, operands: readonly PdfObject[], resources: PdfDict): void {
    switch (word) {
      case 'Tj':
        this.#show(operands)
        break
      case 'TJ':
        this.#show(isArray(operands[0]) ? operands[0] : [])
        break
      case "'":
        this.#nextLine()
        this.#show(operands)
        break
      case '"':
        this.#state.wordSpace = numberAt(operands, 0)
        this.#state.characterSpace = numberAt(operands, 1)
        this.#nextLine()
        this.#show(operands.slice(2))
        break
      case 'Do':
        this.#paint(operands[0], resources)
        break
      case 'BMC':
      case 'BDC':
        this.#marks.open(operands[0], operands[1], resources, this.runs.length)
        break
      case 'EMC':
        this.#closeMark()
        break
      case 'Tf':
        this.#setFont(operands, resources)
        break
      case 'gs':
        this.#setFromDictionary(operands[0], resources)
        break
      default:
        this.#operateState(word, operands)
    }
  }

  #operateState(word: string, operands: readonly PdfObject[]): void {
    const state = this.#state
    switch (word) {
      case 'q':
        if (this.#saved.length >= MOST_SAVED)
          throw new PdfError('too-complex', 'A page saves its state too often')
        this.#saved.push({ ...state })
        break
      case 'Q':
        this.#state = this.#saved.pop() ?? state
        break
      case 'cm':
        state.ctm = multiply(matrixOf(operands), state.ctm)
        break
      case 'BT':
        this.#position = startOfText()
        break
      case 'Tm':
        this.#position.line = matrixOf(operands)
        this.#position.matrix = this.#position.line
        break
      case 'Td':
        this.#move(numberAt(operands, 0), numberAt(operands, 1))
        break
      case 'TD':
        state.leading = -numberAt(operands, 1)
        this.#move(numberAt(operands, 0), numberAt(operands, 1))
        break
      case 'T*':
        this.#nextLine()
        break
      default:
        this.#setParameter(word, numberAt(operands, 0))
    }
  }

  #setParameter(word: string, value: number): void {
    const state = this.#state
    if (word === 'Tc') state.characterSpace = value
    else if (word === 'Tw') state.wordSpace = value
    else if (word === 'Tz') state.scale = value / 100
    else if (word === 'TL') state.leading = value
    else if (word === 'Ts') state.rise = value
    else if (word === 'Tr') state.mode = value
  }

  #move(x: number, y: number): void {
    this.#position.line = translate(x, y, this.#position.line)
    this.#position.matrix = this.#position.line
  }

  #nextLine(): void {
    this.#move(0, -this.#state.leading)
  }

  #setFont(operands: readonly PdfObject[], resources: PdfDict): void {
    const [key] = operands
    this.#state.size = numberAt(operands, 1)
    const fonts = this.#file.dict(resources.get('Font'))
    const dict = key instanceof PdfName ? this.#file.dict(fonts?.get(key.value)) : undefined
    this.#state.font = dict && this.#font(dict)
  }

  #setFromDictionary(key: PdfObject | undefined, resources: PdfDict): void {
    const states = this.#file.dict(resources.get('ExtGState'))
    const dict = key instanceof PdfName ? this.#file.dict(states?.get(key.value)) : undefined
    const [font, size] = this.#file.array(dict?.get('Font')) ?? []
    const found = this.#file.dict(font)
    if (!found) return
    this.#state.font = this.#font(found)
    this.#state.size = this.#file.number(size) ?? this.#state.size
  }

  #font(dict: PdfDict): Font {
    const known = this.#fonts.get(dict)
    if (known) return known
    const font = readFont(this.#file, dict)
    this.#fonts.set(dict, font)
    return font
  }

  /** Shows strings, between them numbers that move back by thousandths of an em (9.4.3). */
  #show(items: readonly PdfObject[]): void {
    const { font, size, scale, characterSpace, wordSpace } = this.#state
    let pen = 0
    let text = ''
    let start = 0
    for (const item of items) {
      if (typeof item === 'number') {
        const move = -item / 1000
        if (text !== '' && Math.abs(move) > GAP) {
          this.#add(text, start, pen)
          text = ''
        }
        pen += move * size * scale
      } else if (item instanceof PdfString && font) {
        if (text === '') start = pen
        const glyphs = font.glyphs(item.bytes)
        this.#file.budget.work(glyphs.length)
        for (const glyph of glyphs) {
          text += glyph.text
          pen += (glyph.width * size + characterSpace + (glyph.isSpace ? wordSpace : 0)) * scale
        }
      }
    }
    if (text !== '') this.#add(text, start, pen)
    this.#position.matrix = translate(pen, 0, this.#position.matrix)
  }

  #add(text: string, start: number, end: number): void {
    const { ctm, size, rise, font, mode } = this.#state
    const matrix = multiply(this.#position.matrix, ctm)
    const mark = this.#marks.top
    this.runs.push({
      text,
      x: start * matrix[0] + rise * matrix[2] + matrix[4],
      y: start * matrix[1] + rise * matrix[3] + matrix[5],
      endX: end * matrix[0] + rise * matrix[2] + matrix[4],
      endY: end * matrix[1] + rise * matrix[3] + matrix[5],
      size: Math.abs(size) * Math.hypot(matrix[2], matrix[3]),
      font: font?.name ?? '',
      ...(mark?.mcid === undefined ? {} : { mcid: mark.mcid }),
      ...(mark?.artifact ? { artifact: true } : {}),
      ...(mode === 3 ? { invisible: true } : {}),
    })
  }

  /** ActualText takes the place of all runs that were shown since its mark was opened (14.9.4). */
  #closeMark(): void {
    const mark = this.#marks.close()
    if (mark?.actualText === undefined || this.#marks.replaced) return
    const shown = this.runs.splice(mark.firstRun)
    const first = shown[0] ?? this.#emptyRun(mark.mcid, mark.artifact)
    const last = shown.at(-1) ?? first
    if (mark.actualText === '') {
      // What is silent leaves no gap.
      const before = this.runs.pop()
      if (before) this.runs.push({ ...before, endX: last.endX, endY: last.endY })
      return
    }
    this.runs.push({ ...first, text: mark.actualText, endX: last.endX, endY: last.endY })
  }

  #emptyRun(mcid: number | undefined, artifact: boolean): TextRun {
    const before = this.runs.length
    this.#add('', 0, 0)
    const [run] = this.runs.splice(before)
    if (!run) throw malformed('A run is missing')
    return { ...run, ...(mcid === undefined ? {} : { mcid }), ...(artifact ? { artifact } : {}) }
  }

  #paint(key: PdfObject | undefined, resources: PdfDict): void {
    const objects = this.#file.dict(resources.get('XObject'))
    const form = key instanceof PdfName ? this.#file.stream(objects?.get(key.value)) : undefined
    if (form && this.#file.name(form.dict.get('Subtype')) === 'Form') this.paintForm(form, resources)
  }

  /** A form XObject (8.10) with a state of its own. */
  paintForm(form: PdfStream, around: PdfDict): void {
    if (this.#depth >= DEEPEST_FORM) throw new PdfError('too-complex', 'Forms are nested too deeply')
    const content = this.#forms.get(form) ?? this.#file.decode(form)
    this.#forms.set(form, content)
    const { matrix: text, line } = this.#position
    const outer = { state: { ...this.#state }, saved: this.#saved, marks: this.#marks.depth }
    const matrix = (this.#file.array(form.dict.get('Matrix')) ?? []).map((item) => this.#file.number(item))
    this.#state.ctm = multiply(matrixOf(matrix), this.#state.ctm)
    this.#saved = []
    this.#depth++
    this.run(content, this.#file.dict(form.dict.get('Resources')) ?? around)
    this.#depth--
    while (this.#marks.depth > outer.marks) this.#closeMark()
    this.#state = outer.state
    this.#saved = outer.saved
    this.#position = { matrix: text, line }
  }

  /** Marks that the page leaves open end with it. */
  finish(): readonly TextRun[] {
    while (this.#marks.depth > 0) this.#closeMark()
    return this.runs
  }
}

function numberAt(operands: readonly PdfObject[], index: number): number {
  const value = operands[index]
  return typeof value === 'number' ? value : 0
}
