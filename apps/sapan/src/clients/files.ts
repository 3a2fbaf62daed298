import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { type IncomingMessage, request } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { errno, problemOfWriting } from '../home/files.ts'
import type { AnsweredProblem } from '../terminal/failure.ts'
import { answeredProblem } from './admin.ts'

interface FileRequest {
  readonly origin: string
  readonly token: string
  readonly path: string
}

/**
 * Asks an operator's API for a file with a POST, and writes it whole or not at all; gives its SHA-256. Throws `AnsweredProblem`
 * for a refusal, and as `writeWhole`.
 */
export async function fetchFile(asked: FileRequest & { body: object; file: string }): Promise<string> {
  const text = JSON.stringify(asked.body)
  const answer = await post(asked, 'application/json', (sent) => sent.end(text))
  await throwRefusal(answer)
  const begun = `${asked.file}.part`
  const hash = createHash('sha256')
  answer.on('data', (piece: Buffer) => hash.update(piece))
  try {
    await pipeline(answer, createWriteStream(begun, { mode: 0o600, flush: true }))
    await rename(begun, asked.file)
  } catch (error) {
    await rm(begun, { force: true })
    throw errno(error) === undefined ? error : problemOfWriting(error, asked.file)
  }
  return hash.digest('hex')
}

/** Gives a file to an operator's API with a POST, and returns its JSON. Throws `AnsweredProblem` for a refusal. */
export async function sendFile(asked: FileRequest & { file: string }): Promise<unknown> {
  const answer = await post(asked, 'application/octet-stream', (sent) => {
    // A refusal may come before the end of the file, and closes the way.
    pipeline(createReadStream(asked.file), sent).catch(() => {})
  })
  await throwRefusal(answer)
  return JSON.parse((await bodyOf(answer)).toString())
}

function post(
  { origin, token, path }: FileRequest,
  type: string,
  send: (sent: ReturnType<typeof request>) => void,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const sent = request(`${origin}${path}`, {
      method: 'POST',
      agent: false,
      headers: { authorization: `Bearer ${token}`, 'content-type': type },
    })
    sent.on('response', resolve).on('error', reject)
    send(sent)
  })
}

async function throwRefusal(answer: IncomingMessage): Promise<void> {
  const { statusCode: status = 0, headers } = answer
  if (status < 400) return
  const refusal: AnsweredProblem = answeredProblem({ status, headers, body: await bodyOf(answer) })
  throw refusal
}

async function bodyOf(answer: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of answer) pieces.push(piece)
  return Buffer.concat(pieces)
}
