import { signaturePlaces } from './sketch.ts'

/** The first signature's CMS, without the padding. */
export function messageOf(bytes: Buffer): Buffer {
  const place = placeOf(bytes)
  const all = Buffer.from(bytes.toString('latin1', place.start + 1, place.end - 1), 'hex')
  return all.subarray(0, lengthOf(all))
}

/** The file with another CMS in the first signature, padded as before. Throws when it is too long. */
export function withMessage(bytes: Buffer, message: Uint8Array): Buffer {
  const place = placeOf(bytes)
  const hexadecimal = Buffer.from(message).toString('hex')
  const room = place.end - place.start - 2
  if (hexadecimal.length > room) throw new Error(`the CMS has ${hexadecimal.length - room} digits too many`)
  const changed = Buffer.from(bytes)
  changed.write(hexadecimal.padEnd(room, '0'), place.start + 1, 'latin1')
  return changed
}

function placeOf(bytes: Buffer) {
  const place = signaturePlaces(bytes.toString('latin1'))[0]
  if (!place) throw new Error('no signature')
  return place
}

/** A DER element that is taken apart and put together again. */
export interface Element {
  readonly tag: number
  readonly parts: Element[] | undefined
  readonly content: Buffer
}

export function read(bytes: Buffer): Element {
  const { tag, start, end } = header(bytes)
  const content = bytes.subarray(start, end)
  return { tag, content, parts: (tag & 0x20) === 0 ? undefined : readAll(content) }
}

export function readAll(bytes: Buffer): Element[] {
  const elements: Element[] = []
  for (let at = 0; at < bytes.length; ) {
    const length = lengthOf(bytes.subarray(at))
    elements.push(read(bytes.subarray(at, at + length)))
    at += length
  }
  return elements
}

export function written({ tag, parts, content }: Element): Buffer {
  const body = parts ? Buffer.concat(parts.map(written)) : content
  if (body.length < 128) return Buffer.concat([Buffer.of(tag, body.length), body])
  const size = body.length < 256 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 255]
  return Buffer.concat([Buffer.of(tag, ...size), body])
}

/** The element at that path of positions. */
export function inside(element: Element, ...path: readonly number[]): Element {
  let at = element
  for (const index of path) {
    const part = at.parts?.[index]
    if (!part) throw new Error(`no part ${index}`)
    at = part
  }
  return at
}

/** Replaces a part in place. */
export function replace(parent: Element, index: number, by: Element): void {
  parent.parts?.splice(index, 1, by)
}

export const lengthOf = (bytes: Buffer): number => header(bytes).end

function header(bytes: Buffer): { tag: number; start: number; end: number } {
  const [tag = 0, first = 0] = bytes
  if (first < 128) return { tag, start: 2, end: 2 + first }
  const count = first & 127
  return { tag, start: 2 + count, end: 2 + count + bytes.readUIntBE(2, count) }
}
