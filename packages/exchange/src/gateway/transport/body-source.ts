import type { Body, BodyLimits } from './body.ts'
import { type BodyProblems, type IncomingBody, readBody } from './read-body.ts'

/** A body that has not been read yet, from whichever transport it comes. */
export interface BodySource {
  /** Whether all of it has come: what was left unread would stand before the next message of its connection. */
  readonly isWhole: boolean
  /** Reads it to its end, once. Throws as `readBody`. */
  read(limits: BodyLimits, problems: BodyProblems): Promise<Body>
}

/** The body of an HTTP message. */
export function streamSource(stream: IncomingBody & { readonly complete: boolean }): BodySource {
  return {
    get isWhole() {
      return stream.complete
    },
    read: (limits, problems) => readBody(stream, limits, problems),
  }
}
