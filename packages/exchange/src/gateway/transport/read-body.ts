import type { IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import { Problem, type ProblemType } from '@sapan/kernel'
import { exchangeProblem, exchangeProblems } from '../../problems.ts'
import type { Body, BodyLimits } from './body.ts'
import { BodyIntake } from './body-intake.ts'

/** How what goes wrong with a body is told: it depends on whose body it is. */
export interface BodyProblems {
  readonly tooLarge: ProblemType
  readonly brokenOff: (cause: unknown) => Error
}

/** For the body of a request. */
export const requestBodyProblems: BodyProblems = {
  tooLarge: exchangeProblems['body-too-large'],
  brokenOff: (cause) => exchangeProblem('request-incomplete', { cause }),
}

/** A message's body as it comes; one without headers says nothing of its length. */
export type IncomingBody = Readable & { readonly headers?: IncomingHttpHeaders }

/**
 * Reads a stream to its end. Throws a Problem of type `tooLarge` as soon as `bodyBytes` is passed or announced, `gateway-without-room`
 * where there is no place for a large one, and the Problem `brokenOff` makes of what happened where the stream breaks
 * off. Nothing is left on disk after a failure.
 */
export async function readBody(
  stream: IncomingBody,
  limits: BodyLimits,
  problems: BodyProblems,
): Promise<Body> {
  const intake = new BodyIntake(limits, problems.tooLarge)
  try {
    intake.announce(Number(stream.headers?.['content-length'] ?? 0))
    await takeAll(stream, intake)
    return await intake.end()
  } catch (error) {
    await intake.discard()
    throw refusalOfBody(error, problems)
  }
}

/** What goes wrong with a body, as whoever wants it is told. */
export function refusalOfBody(error: unknown, { brokenOff }: BodyProblems): Error {
  return error instanceof Problem ? error : brokenOff(error)
}

/** Listens for the pieces itself: for the small bodies that most are, an iterator costs more than the reading. */
function takeAll(stream: Readable, intake: BodyIntake): Promise<void> {
  if (stream.destroyed && !stream.readableEnded) return Promise.reject(stream.errored ?? new Error('closed'))
  return new Promise((resolve, reject) => {
    const stop = () => stream.off('data', take).off('end', end).off('error', fail).off('close', fail)
    const end = () => {
      stop()
      resolve()
    }
    const fail = (error?: unknown) => {
      stop().pause()
      // What still breaks off behind this is nobody's concern; unheard, it would end the process.
      stream.on('error', () => {})
      reject(error ?? new Error('closed before its end'))
    }
    const take = (chunk: Buffer) => {
      try {
        if (intake.take(chunk)) return
        stream.pause()
        intake.room().then(() => stream.resume(), fail)
      } catch (error) {
        fail(error)
      }
    }
    stream.on('data', take).once('end', end).once('error', fail).once('close', fail)
  })
}
