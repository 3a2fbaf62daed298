import type { PathSegment } from './canvas.ts'

/** Where path data (SVG 2 §9.3) comes to stand: moved by `x`, `y` after its own unit became `scale` points. */
export interface PathPlace {
  readonly x: number
  readonly y: number
  readonly scale: number
  /** -1 for outlines of glyphs, whose axis points upwards. */
  readonly up?: boolean
}

const COUNTS: Readonly<Record<string, number>> = {
  M: 2,
  L: 2,
  H: 1,
  V: 1,
  C: 6,
  S: 4,
  Q: 4,
  T: 2,
  A: 7,
  Z: 0,
}

/** SVG path data as absolute moves, lines and cubic curves. Throws an Error for what is no path. */
export function pathSegments(data: string, place: PathPlace): PathSegment[] {
  const pen = new PathPen(place)
  const tokens = data.match(/[a-zA-Z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/g) ?? []
  let command = ''
  for (let index = 0; index < tokens.length; ) {
    const token = tokens[index] ?? ''
    if (/[a-zA-Z]/.test(token)) {
      command = token
      index++
    }
    const count = COUNTS[command.toUpperCase()]
    if (count === undefined) throw new Error(`a path has no command ${command || token}`)
    const values = tokens.slice(index, index + count).map(Number)
    if (values.length < count || values.some(Number.isNaN)) throw new Error('a path ends early')
    index += count
    pen.run(command, values)
    if (command === 'M') command = 'L'
    if (command === 'm') command = 'l'
    if (count === 0) command = ''
  }
  return pen.segments
}

/** Segments that were made at the origin, at their place. */
export function placedPath(segments: readonly PathSegment[], { x, y, scale }: PathPlace): PathSegment[] {
  return segments.map((segment): PathSegment => {
    if (segment[0] === 'Z') return segment
    if (segment[0] !== 'C') return [segment[0], x + segment[1] * scale, y + segment[2] * scale]
    const [, x1, y1, x2, y2, x3, y3] = segment
    return [
      'C',
      x + x1 * scale,
      y + y1 * scale,
      x + x2 * scale,
      y + y2 * scale,
      x + x3 * scale,
      y + y3 * scale,
    ]
  })
}

class PathPen {
  readonly segments: PathSegment[] = []
  readonly #place: PathPlace
  #x = 0
  #y = 0
  #startX = 0
  #startY = 0
  // The last control point, for smooth curves.
  #controlX = 0
  #controlY = 0
  #last = ''

  constructor(place: PathPlace) {
    this.#place = place
  }

  run(command: string, values: readonly number[]): void {
    const upper = command.toUpperCase()
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0] =
      command === upper ? values : this.#absolute(upper, values)
    if (upper === 'M') this.#move(a, b)
    else if (upper === 'L') this.#line(a, b)
    else if (upper === 'H') this.#line(a, this.#y)
    else if (upper === 'V') this.#line(this.#x, a)
    else if (upper === 'C') this.#curve(a, b, c, d, e, f)
    else if (upper === 'S') this.#curve(...this.#reflected('CS'), a, b, c, d)
    else if (upper === 'Q') this.#quadratic(a, b, c, d)
    else if (upper === 'T') this.#quadratic(...this.#reflected('QT'), a, b)
    else if (upper === 'A') this.#arc(a, b, c, d !== 0, e !== 0, f, g)
    else this.#close()
    this.#last = upper
  }

  /** Relative values counted from the pen: x and y by turns, of an arc only its end. */
  #absolute(upper: string, values: readonly number[]): number[] {
    if (upper === 'V') return values.map((value) => value + this.#y)
    return values.map((value, index) => {
      if (upper === 'A') return index < 5 ? value : value + (index === 5 ? this.#x : this.#y)
      return value + (index % 2 === 0 ? this.#x : this.#y)
    })
  }

  #point(x: number, y: number): [number, number] {
    const { scale, up } = this.#place
    return [this.#place.x + x * scale, this.#place.y + y * scale * (up ? -1 : 1)]
  }

  #reflected(after: string): [number, number] {
    return after.includes(this.#last) && this.#last !== ''
      ? [2 * this.#x - this.#controlX, 2 * this.#y - this.#controlY]
      : [this.#x, this.#y]
  }

  #move(x: number, y: number): void {
    this.segments.push(['M', ...this.#point(x, y)])
    this.#x = this.#startX = x
    this.#y = this.#startY = y
  }

  #line(x: number, y: number): void {
    this.segments.push(['L', ...this.#point(x, y)])
    this.#x = x
    this.#y = y
  }

  #curve(x1: number, y1: number, x2: number, y2: number, x: number, y: number): void {
    this.segments.push(['C', ...this.#point(x1, y1), ...this.#point(x2, y2), ...this.#point(x, y)])
    this.#controlX = x2
    this.#controlY = y2
    this.#x = x
    this.#y = y
  }

  #quadratic(qx: number, qy: number, x: number, y: number): void {
    const third = (from: number, control: number) => from + (2 / 3) * (control - from)
    this.#curve(third(this.#x, qx), third(this.#y, qy), third(x, qx), third(y, qy), x, y)
    this.#controlX = qx
    this.#controlY = qy
  }

  #close(): void {
    this.segments.push(['Z'])
    this.#x = this.#startX
    this.#y = this.#startY
  }

  /** SVG 2 appendix B.2.4: from end points to centre, then a cubic for each quarter. */
  #arc(rx: number, ry: number, degrees: number, large: boolean, sweep: boolean, x: number, y: number): void {
    const [x0, y0] = [this.#x, this.#y]
    if (rx === 0 || ry === 0 || (x0 === x && y0 === y)) {
      this.#line(x, y)
      return
    }
    const phi = (degrees * Math.PI) / 180
    const [cos, sin] = [Math.cos(phi), Math.sin(phi)]
    const dx = (cos * (x0 - x)) / 2 + (sin * (y0 - y)) / 2
    const dy = (-sin * (x0 - x)) / 2 + (cos * (y0 - y)) / 2
    const grow = Math.max(1, Math.sqrt((dx / rx) ** 2 + (dy / ry) ** 2))
    const [a, b] = [Math.abs(rx) * grow, Math.abs(ry) * grow]
    const spread = (a * b) ** 2 / ((a * dy) ** 2 + (b * dx) ** 2) - 1
    const factor = (large === sweep ? -1 : 1) * Math.sqrt(Math.max(0, spread))
    const [mx, my] = [(factor * a * dy) / b, (-factor * b * dx) / a]
    const cx = cos * mx - sin * my + (x0 + x) / 2
    const cy = sin * mx + cos * my + (y0 + y) / 2
    const start = Math.atan2((dy - my) / b, (dx - mx) / a)
    let turn = Math.atan2((-dy - my) / b, (-dx - mx) / a) - start
    if (sweep && turn < 0) turn += 2 * Math.PI
    if (!sweep && turn > 0) turn -= 2 * Math.PI
    const count = Math.max(1, Math.ceil(Math.abs(turn) / (Math.PI / 2)))
    const step = turn / count
    const handle = (4 / 3) * Math.tan(step / 4)
    const on = (u: number, v: number): [number, number] => [
      cx + cos * a * u - sin * b * v,
      cy + sin * a * u + cos * b * v,
    ]
    for (let part = 0; part < count; part++) {
      const t0 = start + part * step
      const t1 = t0 + step
      const [c0, s0, c1, s1] = [Math.cos(t0), Math.sin(t0), Math.cos(t1), Math.sin(t1)]
      const [endX, endY] = part === count - 1 ? [x, y] : on(c1, s1)
      this.#curve(
        ...on(c0 - handle * s0, s0 + handle * c0),
        ...on(c1 + handle * s1, s1 - handle * c1),
        endX,
        endY,
      )
    }
  }
}
