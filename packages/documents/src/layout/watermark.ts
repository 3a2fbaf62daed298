import { typeface } from '../text/typeface.ts'
import type { Canvas, PathSegment } from './canvas.ts'
import { A4 } from './length.ts'
import { artifactNode } from './structure.ts'
import { pathSegments } from './svg-path.ts'

const BACKGROUND = artifactNode('Background')
const ANGLE = Math.PI / 4.2

/** Drawn as outlines, not as text: it marks the page and stays out of what is read from it. */
export function drawWatermark(canvas: Canvas, text: string): void {
  const { segments, width } = outlines(text)
  const size = Math.min(150, (A4.width * 1.05 * 1000) / Math.max(width, 1))
  const scale = size / 1000
  const [cos, sin] = [Math.cos(ANGLE), Math.sin(ANGLE)]
  const turn = (x: number, y: number): [number, number] => {
    const [dx, dy] = [(x - width / 2) * scale, (y + 300) * scale]
    return [A4.width / 2 + dx * cos + dy * sin, A4.height / 2 - dx * sin + dy * cos]
  }
  const placed = segments.map((segment): PathSegment => {
    if (segment[0] === 'Z') return segment
    if (segment[0] === 'C')
      return [
        'C',
        ...turn(segment[1], segment[2]),
        ...turn(segment[3], segment[4]),
        ...turn(segment[5], segment[6]),
      ]
    return [segment[0], ...turn(segment[1], segment[2])]
  })
  canvas.draw({ kind: 'path', node: BACKGROUND, segments: placed, fill: [232, 232, 232] })
}

/** The text's outlines in thousandths of its size, on a base line at 0. */
function outlines(text: string): { segments: PathSegment[]; width: number } {
  const face = typeface('bold')
  const shaped = face.shape(text)
  const segments: PathSegment[] = []
  let x = 0
  shaped.glyphs.forEach((glyph, index) => {
    x += shaped.moves[index] ?? 0
    for (const part of glyph.parts)
      segments.push(
        ...pathSegments(face.outline(part.glyph), {
          x: x + part.x,
          y: -part.y - (shaped.rises?.[index] ?? 0),
          scale: 1,
          up: true,
        }),
      )
    x += glyph.width
  })
  return { segments, width: shaped.width }
}
