import { documentProblem } from '../problems.ts'
import { gapBetween, type Strip, stackHeight } from './strip.ts'

/** A part of a page that strips fill, in points from the upper left corner. */
export interface Frame {
  readonly page: number
  readonly x: number
  readonly top: number
  readonly height: number
}

/** Where a strip came to stand. */
export interface Placement {
  readonly strip: Strip
  readonly frame: Frame
  readonly top: number
  /** Drawn a second time, as decoration. */
  readonly repeated: boolean
  readonly first: boolean
  readonly last: boolean
}

/** Puts strips into frames, one after the other. `frames` gives as many as are asked for. */
export function paginate(strips: readonly Strip[], frames: (index: number) => Frame): Placement[] {
  const pages = new FrameFiller(frames)
  for (const group of gluedGroups(strips)) pages.place(group)
  return pages.placements()
}

/** Strips that stay together. */
function gluedGroups(strips: readonly Strip[]): Strip[][] {
  const groups: Strip[][] = []
  let open = false
  for (const part of strips) {
    if (open && !part.breakBefore) groups.at(-1)?.push(part)
    else groups.push([part])
    open = part.glued
  }
  return groups
}

interface Placed {
  strip: Strip
  frame: Frame
  top: number
  repeated: boolean
  index: number
}

class FrameFiller {
  readonly #frames: (index: number) => Frame
  readonly #placed: Placed[] = []
  #index = 0
  #frame: Frame
  #y: number
  #above: Strip | undefined

  constructor(frames: (index: number) => Frame) {
    this.#frames = frames
    this.#frame = frames(0)
    this.#y = this.#frame.top
  }

  placements(): Placement[] {
    return this.#placed.map((placed, at) => ({
      strip: placed.strip,
      frame: placed.frame,
      top: placed.top,
      repeated: placed.repeated,
      first: this.#placed[at - 1]?.index !== placed.index,
      last: this.#placed[at + 1]?.index !== placed.index,
    }))
  }

  place(group: readonly Strip[]): void {
    const [first] = group
    if (!first) return
    if (first.breakBefore) this.#nextPage()
    if (group.length === 1 && first.disposable && !this.#above) return
    if (!this.#fits(group)) {
      if (group.length === 1 && first.disposable) return
      if (this.#above) this.#nextFrame()
    }
    if (this.#fits(group)) for (const part of group) this.#put(part)
    else this.#placeApart(group)
  }

  /** A group that no frame holds is parted after all. */
  #placeApart(group: readonly Strip[]): void {
    if (group.length === 1 && group[0]) {
      throw documentProblem('document-block-too-tall', {
        detail: {
          en: `A block is ${Math.round((group[0].height / 72) * 25.4)} mm high; a page has ${Math.round((this.#frame.height / 72) * 25.4)} mm for it.`,
          th: `มีบล็อกสูง ${Math.round((group[0].height / 72) * 25.4)} มม. แต่หน้าหนึ่งมีที่ว่าง ${Math.round((this.#frame.height / 72) * 25.4)} มม.`,
        },
      })
    }
    for (const part of group) this.place([part])
  }

  #fits(group: readonly Strip[]): boolean {
    const [first] = group
    if (!first) return true
    const repeats = this.#above ? [] : (first.repeats ?? [])
    const height = gapBetween(this.#above, first) + stackHeight([...repeats, ...group])
    return this.#y + height <= this.#frame.top + this.#frame.height + 0.01
  }

  #put(part: Strip): void {
    if (!this.#above) for (const head of part.repeats ?? []) this.#set(head, true)
    this.#set(part, false)
  }

  #set(part: Strip, repeated: boolean): void {
    const top = this.#y + gapBetween(this.#above, part)
    this.#placed.push({ strip: part, frame: this.#frame, top, repeated, index: this.#index })
    this.#y = top + part.height
    this.#above = part
  }

  #nextFrame(): void {
    this.#index++
    this.#frame = this.#frames(this.#index)
    this.#y = this.#frame.top
    this.#above = undefined
  }

  #nextPage(): void {
    const page = this.#frame.page
    if (!this.#above && this.#placed.length === 0) return
    while (this.#frame.page === page) this.#nextFrame()
  }
}
