import { formatDigits } from '../text/digits.ts'
import type { ShapedText } from '../text/typeface.ts'
import type { Atom, Look } from './atoms.ts'
import type { Canvas, Rectangle } from './canvas.ts'
import type { Align } from './description.ts'
import { type Line, leadingGaps, stretchOf } from './line-fitting.ts'
import { type Strip, strip } from './strip.ts'
import { ORNAMENT } from './structure.ts'

export interface LineSetting {
  readonly align: Align
  /** Points between the frame's left side and the line, and how wide lines are. */
  readonly left: number
  readonly room: number
  /** Further in for the first line. */
  readonly indent: number
  /** In multiples of the size. */
  readonly lineHeight: number
  /** Of a line without text. */
  readonly size: number
}

/** Lines as strips; the first two and the last two stay together. */
export function lineStrips(lines: readonly Line[], setting: LineSetting): Strip[] {
  return lines.map((line, index) => {
    const indent = index === 0 ? setting.indent : 0
    const size = Math.max(
      setting.size * (line.atoms.length > 0 ? 0 : 1),
      ...line.atoms.map(({ look }) => look.size),
    )
    const height = size * setting.lineHeight
    const glued = lines.length > 1 && (index === 0 || index === lines.length - 2)
    return strip(
      height,
      (canvas, x, top) =>
        drawLine(line, canvas, x + setting.left + indent, baseline(top, height, size), {
          align: setting.align,
          room: setting.room - indent,
        }),
      { glued },
    )
  })
}

/** Sarabun's ascent and descent are 1.068 and 0.232 of the size; what a line is higher stands half above, half below. */
const baseline = (top: number, height: number, size: number): number =>
  top + (height - 1.3 * size) / 2 + 1.068 * size

interface Setting {
  readonly align: Align
  readonly room: number
}

export function drawLine(line: Line, canvas: Canvas, left: number, base: number, setting: Setting): void {
  const { space, gap } =
    setting.align === 'justify' && !line.last ? stretchOf(line, setting.room) : { space: 0, gap: 0 }
  const slack = setting.room - line.width
  // No gap opens before the first cluster: it would stand inside the margin.
  let x = left - gap * leadingGaps(line)
  if (setting.align === 'center') x += slack / 2
  if (setting.align === 'right') x += slack
  let text = ''
  for (const run of runsOf(line.atoms, canvas)) {
    canvas.draw({
      kind: 'text',
      node: run.look.node,
      x,
      baseline: base,
      typeface: run.look.typeface,
      size: run.look.size,
      colour: run.look.colour,
      texts: run.texts,
      spaceStretch: space,
      gapStretch: gap,
    })
    const width = runWidth(run, space, gap)
    decorate(run, canvas, [x, base - run.look.size, x + width, base + run.look.size * 0.25], base)
    x += width
    for (const shaped of run.texts) text += shaped.text
  }
  if (text !== '') canvas.line(text)
}

interface Run {
  readonly look: Look
  readonly texts: ShapedText[]
}

/** Neighbours of one look are drawn together. */
function runsOf(atoms: readonly Atom[], canvas: Canvas): Run[] {
  const runs: Run[] = []
  for (const atom of atoms) {
    const shaped = atom.field ? fieldText(atom, canvas) : atom.shaped
    const last = runs.at(-1)
    if (last && last.look === atom.look) last.texts.push(shaped)
    else runs.push({ look: atom.look, texts: [shaped] })
  }
  return runs
}

function fieldText({ look, shaped, field }: Atom, canvas: Canvas): ShapedText {
  const number = field === 'pageNumber' ? canvas.page + 1 : canvas.pageCount
  const thai = /[๐-๙]/u.test(shaped.text)
  return look.typeface.shape(formatDigits(number, thai ? 'thai' : 'arabic'))
}

const isSpace = (shaped: ShapedText): boolean => shaped.text.startsWith(' ')

function runWidth({ texts, look }: Run, space: number, gap: number): number {
  return texts.reduce(
    (sum, shaped) =>
      sum +
      (shaped.width * look.size) / 1000 +
      (isSpace(shaped) ? space * shaped.text.length : gap * shaped.gaps.length),
    0,
  )
}

function decorate(run: Run, canvas: Canvas, rect: Rectangle, base: number): void {
  const { look, texts } = run
  const text = texts.map((shaped) => shaped.text).join('')
  if (look.link) canvas.area({ kind: 'link', node: look.node, address: look.link, text, rect })
  if (!look.underline) return
  const y = base + look.size * 0.14
  canvas.draw({
    kind: 'path',
    node: ORNAMENT,
    segments: [
      ['M', rect[0], y],
      ['L', rect[2], y],
    ],
    stroke: { colour: look.colour ?? [0, 0, 0], width: look.size * 0.045 },
  })
}
