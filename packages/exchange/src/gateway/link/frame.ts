/**
 * What goes over a link between two gateways: frames, of length (4), type (1), flags (1) and stream (4), big-endian, then as
 * many bytes as the length says. Requests and answers are the signed messages of `signature/`, as HTTP would carry them.
 */
export const frameHead = 10

/** One byte each. */
export const frameType = {
  /** Opens a stream: the length of the head (4), the head, and the beginning of the body. */
  request: 1,
  /** The same for its answer. */
  answer: 2,
  /** More of a body. */
  data: 3,
  /** So many bytes (4) of the stream's body were taken, and as many more may come. */
  credit: 4,
  /** The stream is over before its end: a reason (1). */
  reset: 5,
  /** Asks for a `pong`, by which a link that is dead is told from one on which nothing is to be said. */
  ping: 6,
  pong: 7,
  /** No more streams are taken; those that are open go on to their end. */
  closing: 8,
} as const

export type FrameType = (typeof frameType)[keyof typeof frameType]

/** Flag of requests, answers and data: the body ends here. */
export const endsBody = 1

/** Why a stream was reset. */
export const resetReason = {
  /** Nothing was done with the request: it may be sent elsewhere. */
  refused: 1,
  /** Whoever sent it gave up. */
  cancelled: 2,
  /** What is said of it cannot be. */
  fault: 3,
} as const

/** Bytes of a head at most; as much as listeners take of HTTP's. */
export const longestHead = 64 * 1024
/** Bytes of a body in one frame at most: a large body lets the others through between. */
export const longestPiece = 64 * 1024
/** Bytes of a frame's content at most. */
export const longestFrame = 4 + longestHead + longestPiece
/** Bytes of each body that may be sent before the other side has taken any. */
export const firstCredit = 256 * 1024
/** Streams of a link at a time. */
export const mostStreams = 512

export interface Frame {
  readonly type: number
  readonly flags: number
  readonly stream: number
  readonly content: Buffer
}

/** What the other side sent can't be a frame; the link is of no further use. */
export class LinkFault extends Error {}

/** The bytes of a frame, its content in pieces that follow each other. */
export function frameOf(type: FrameType, stream: number, flags: number, ...content: Buffer[]): Buffer {
  let length = 0
  for (const piece of content) length += piece.length
  const frame = Buffer.allocUnsafe(frameHead + length)
  frame.writeUInt32BE(length, 0)
  frame[4] = type
  frame[5] = flags
  frame.writeUInt32BE(stream, 6)
  let at = frameHead
  for (const piece of content) at += piece.copy(frame, at)
  return frame
}

/** Takes a stream of bytes apart into frames. */
export class FrameReader {
  #rest: Buffer | undefined

  /** Whether a frame has begun and not ended. */
  get isInside(): boolean {
    return this.#rest !== undefined
  }

  /** Gives each whole frame; contents are views of the bytes given. Throws `LinkFault`. */
  read(bytes: Buffer, take: (frame: Frame) => void): void {
    const all = this.#rest === undefined ? bytes : Buffer.concat([this.#rest, bytes])
    let at = 0
    while (all.length - at >= frameHead) {
      const length = all.readUInt32BE(at)
      if (length > longestFrame) throw new LinkFault(`a frame of ${length} bytes`)
      const end = at + frameHead + length
      if (end > all.length) break
      take({
        type: all[at + 4] ?? 0,
        flags: all[at + 5] ?? 0,
        stream: all.readUInt32BE(at + 6),
        content: all.subarray(at + frameHead, end),
      })
      at = end
    }
    this.#rest = at === all.length ? undefined : all.subarray(at)
  }
}
