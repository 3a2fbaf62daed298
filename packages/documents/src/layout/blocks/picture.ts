import encodeQR from 'qr'
import { documentProblem } from '../../problems.ts'
import { BoundedCache } from '../../text/bounded-cache.ts'
import type { Canvas, PathSegment } from '../canvas.ts'
import type { Colour, Image, ImageSource, QrCode } from '../description.ts'
import { isTurned } from '../exif-orientation.ts'
import { points } from '../length.ts'
import { pageImage, unreadable } from '../page-image.ts'
import { type Strip, strip, withSpacing } from '../strip.ts'
import { ORNAMENT, type StructureNode } from '../structure.ts'
import { pathSegments, placedPath } from '../svg-path.ts'

/** A picture made ready: how high it is for its width, and how it is drawn. */
export interface Picture {
  /** Height divided by width. */
  readonly ratio: number
  readonly draw: (canvas: Canvas, node: StructureNode, x: number, y: number, width: number) => void
}

const BLACK: Colour = [0, 0, 0]

export function picture(source: ImageSource): Picture {
  if ('bytes' in source) {
    const image = pageImage(source.bytes)
    const ratio = isTurned(image.orientation) ? image.width / image.height : image.height / image.width
    return {
      ratio,
      draw: (canvas, node, x, y, width) =>
        canvas.draw({ kind: 'image', node, image, x, y, width, height: width * ratio }),
    }
  }
  const [left, top, boxWidth, boxHeight] = source.viewBox
  if (!(boxWidth > 0 && boxHeight > 0 && Number.isFinite(left + top)))
    throw unreadable('Its view box is empty.', 'กรอบภาพ (viewBox) ว่างเปล่า')
  const ratio = boxHeight / boxWidth
  const path = parsedPath(source.path)
  return {
    ratio,
    draw: (canvas, node, x, y, width) => {
      const scale = width / boxWidth
      const segments = placedPath(path, { x: x - left * scale, y: y - top * scale, scale })
      canvas.draw({ kind: 'path', node, segments, fill: source.colour ?? BLACK })
    },
  }
}

// Emblems are the same in every document.
const paths = new BoundedCache<readonly PathSegment[]>(64)

function parsedPath(path: string): readonly PathSegment[] {
  const known = paths.get(path)
  if (known) return known
  try {
    const segments = pathSegments(path, { x: 0, y: 0, scale: 1 })
    paths.set(path, segments)
    return segments
  } catch {
    throw unreadable('It is not well-formed SVG path data.', 'ไม่ใช่ข้อมูลเส้น SVG ที่ถูกรูปแบบ')
  }
}

export function layoutImage(block: Image, width: number, parent: StructureNode): Strip[] {
  const { ratio, draw } = picture(block.source)
  const wide = Math.min(points(block.width), width)
  return figure(block, wide, wide * ratio, width, parent, (canvas, node, x, top) =>
    draw(canvas, node, x, top, wide),
  )
}

export function layoutQr(block: QrCode, width: number, parent: StructureNode): Strip[] {
  const side = points(block.size ?? 25)
  const modules = qrModules(block.text)
  return figure(block, side, side, width, parent, (canvas, node, x, top) =>
    canvas.draw({ kind: 'path', node, segments: qrSegments(modules, x, top, side), fill: BLACK }),
  )
}

function qrModules(text: string): boolean[][] {
  try {
    if (text === '') throw new RangeError('empty')
    return encodeQR(text, 'raw', { ecc: 'medium', border: 4 })
  } catch (cause) {
    throw documentProblem('document-description-invalid', {
      detail: {
        en: 'A text is empty or too long for a QR code.',
        th: 'ข้อความว่างเปล่าหรือยาวเกินกว่าจะเป็นคิวอาร์โค้ด',
      },
      cause,
    })
  }
}

/** Dark modules of a row that touch are one rectangle. The side is with the quiet zone of four modules (ISO/IEC 18004 §9.1). */
function qrSegments(
  modules: readonly (readonly boolean[])[],
  x: number,
  y: number,
  side: number,
): PathSegment[] {
  const unit = side / modules.length
  const segments: PathSegment[] = []
  modules.forEach((row, line) => {
    for (let from = 0; from < row.length; from++) {
      if (!row[from]) continue
      let to = from
      while (row[to + 1]) to++
      const [x0, x1] = [x + from * unit, x + (to + 1) * unit]
      const [y0, y1] = [y + line * unit, y + (line + 1) * unit]
      segments.push(['M', x0, y0], ['L', x1, y0], ['L', x1, y1], ['L', x0, y1], ['Z'])
      from = to
    }
  })
  return segments
}

interface FigureBlock {
  readonly alt: string
  readonly align?: Image['align'] & string
  readonly spaceBefore?: number
  readonly spaceAfter?: number
}

function figure(
  block: FigureBlock,
  wide: number,
  high: number,
  width: number,
  parent: StructureNode,
  draw: (canvas: Canvas, node: StructureNode, x: number, top: number) => void,
): Strip[] {
  const node =
    block.alt === '' ? ORNAMENT : parent.child('Figure', { alt: block.alt, ...placement(wide, high) })
  const left = block.align === 'center' ? (width - wide) / 2 : block.align === 'right' ? width - wide : 0
  const part = strip(high, (canvas, x, top) => draw(canvas, node, x + left, top))
  return withSpacing([part], points(block.spaceBefore ?? 1), points(block.spaceAfter ?? 2))
}

/** Layout attributes of a figure that stands as a block (ISO 32000-1 §14.8.5.4). */
export const placement = (width: number, height: number) => ({
  attributes: { Layout: { Placement: '/Block', Width: width.toFixed(2), Height: height.toFixed(2) } },
})
