import { Problem, registeredProblems } from '@sapan/kernel'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import type { DirectoryGateway } from '../../directory/document.ts'
import type { DirectoryView } from '../../directory/view.ts'
import type { AskPeer } from '../../evidence/reconcile.ts'
import type { EvidenceKind } from '../../evidence/record.ts'
import { exchangeProblem, exchangeProblems } from '../../problems.ts'
import type { ManifestEntry } from '../../queue/attachments/manifest.ts'
import type { AnnouncedPlace } from '../../queue/attachments/peer-routes.ts'
import type { HintsQuestion } from '../hints/fetch-hints.ts'
import type { BodyLimits } from '../transport/body.ts'
import { NotSent, type PeerConnections } from '../transport/peer-connections.ts'
import type { ProofQuestion, UsageQuestion } from '../usage.ts'

const timeoutMs = 5_000

/** A proof waits for its log to be signed, witnessed and stamped. */
const proofTimeoutMs = 20_000

/** The last piece is answered when the whole was looked at. */
const pieceTimeoutMs = 60_000

/** What goes with a message, as its sender tells the receiver's gateway. */
export interface AttachmentAnnouncement {
  readonly client: string
  readonly service: string
  readonly operation: string
  readonly message: string
  readonly attachments: readonly ManifestEntry[]
}

const places = Compile(
  Type.Object({
    attachments: Type.Array(
      Type.Object({
        id: Type.String(),
        key: Type.String({ format: 'uuid' }),
        received: Type.Integer({ minimum: 0 }),
      }),
    ),
  }),
)

interface Asked {
  readonly method: string
  readonly path: string
  readonly body?: object
  /** In place of a body of JSON: bytes, which take their time. */
  readonly piece?: Buffer
}

/** Another member's gateway is not to be trusted with our memory, nor are answers so large that they need a file. */
const mostBytes = 16 * 1024 * 1024
const answerLimits: BodyLimits = { bodyBytes: mostBytes, memoryBytes: mostBytes, spillDirectory: '' }

/** Questions to other members' gateways, beside exchanges. */
export class PeerQuestions {
  readonly #peers: PeerConnections
  readonly #view: () => DirectoryView

  constructor(peers: PeerConnections, view: () => DirectoryView) {
    this.#peers = peers
    this.#view = view
  }

  /** The compact JWS of every grant that the provider has given to members of ours. */
  async grants(provider: string): Promise<string[]> {
    const answer = await this.#ask(provider, { method: 'GET', path: '/sapan/v1/grants' })
    const { grants } = answer as { grants?: unknown }
    if (!Array.isArray(grants)) throw exchangeProblem('gateway-answer-invalid')
    return grants.filter((grant): grant is string => typeof grant === 'string')
  }

  /** The OpenAPI description of a service, as its provider's gateway has it. */
  async description(service: string): Promise<unknown> {
    const provider = service.split('/').slice(0, 3).join('/')
    const path = `/sapan/v1/description?service=${encodeURIComponent(service)}`
    return this.#ask(provider, { method: 'GET', path })
  }

  /** Which records the other side has of an exchange; undefined where it can't be asked now. */
  readonly recorded: AskPeer = async (exchange) => {
    const side = exchange.side === 'consumer' ? 'provider' : 'consumer'
    const body = { member: exchange.peer, exchange: exchange.exchange, side }
    try {
      const answer = await this.#ask(exchange.peer, { method: 'POST', path: '/sapan/v1/recorded', body })
      const { kinds } = answer as { kinds?: EvidenceKind[] }
      return Array.isArray(kinds) ? kinds : undefined
    } catch {
      return undefined
    }
  }

  /** Only to see whether that very gateway answers. Throws the Problem that was met on the way. */
  readonly greet = async (gateway: DirectoryGateway): Promise<void> => {
    await this.#reached(gateway, { method: 'GET', path: '/sapan/v1/grants' })
  }

  /** Tells a sender's member what became of a message. Throws the Problem with which it is not taken. */
  async outcome(member: string, receipt: string): Promise<void> {
    await this.#ask(member, { method: 'POST', path: '/sapan/v1/message-outcome', body: { receipt } })
  }

  /** Tells what goes with a message that is to come; under which keys it is kept there, and how far it is, by the sender's ids. */
  async announceAttachments(
    member: string,
    announcement: AttachmentAnnouncement,
  ): Promise<Map<string, AnnouncedPlace>> {
    const answer = await this.#ask(member, {
      method: 'POST',
      path: '/sapan/v1/attachments',
      body: announcement,
    })
    if (!places.Check(answer)) throw exchangeProblem('gateway-answer-invalid')
    return new Map(answer.attachments.map((place) => [place.id, place]))
  }

  /** Sends a piece of an attachment that was announced. Throws the Problem with which it is not taken. */
  async attachmentPiece(member: string, key: string, from: number, piece: Buffer): Promise<void> {
    const path = `/sapan/v1/attachments/${key}?from=${from}`
    await this.#ask(member, { method: 'PUT', path, piece })
  }

  /** A person's accesses, as that gateway tells them to the token: what its answer says is still to be looked at. */
  usage(gateway: DirectoryGateway, question: UsageQuestion): Promise<unknown> {
    return this.#reached(gateway, { method: 'POST', path: '/sapan/v1/usage', body: question })
  }

  /** What waits there for an issuer: what the answer says is still to be looked at. */
  hints(gateway: DirectoryGateway, question: HintsQuestion): Promise<unknown> {
    return this.#reached(gateway, { method: 'POST', path: '/sapan/v1/hints', body: question })
  }

  /** The file that proves one access. */
  async usageProof(gateway: DirectoryGateway, question: ProofQuestion): Promise<Buffer> {
    const body = { method: 'POST', path: '/sapan/v1/usage-proof', body: question }
    const answer = await this.#reached(gateway, body, proofTimeoutMs)
    const { file } = answer as { file?: unknown }
    if (typeof file !== 'string') throw exchangeProblem('gateway-answer-invalid')
    return Buffer.from(file, 'base64')
  }

  async #reached(gateway: DirectoryGateway, question: Asked, timeout?: number): Promise<unknown> {
    try {
      return await this.#askGateway(gateway, question, timeout)
    } catch (error) {
      throw error instanceof NotSent ? error.problem : error
    }
  }

  async #ask(member: string, question: Asked): Promise<unknown> {
    let failure: unknown = exchangeProblem('provider-without-gateway')
    for (const gateway of this.#view().gatewaysOf(member)) {
      try {
        return await this.#askGateway(gateway, question)
      } catch (error) {
        failure = error instanceof NotSent ? error.problem : error
      }
    }
    throw failure
  }

  async #askGateway(
    gateway: DirectoryGateway,
    { method, path, body, piece }: Asked,
    timeout = piece ? pieceTimeoutMs : timeoutMs,
  ): Promise<unknown> {
    const { status, body: content } = await this.#peers.request(gateway, {
      method,
      path,
      headers: ['content-type', piece ? 'application/octet-stream' : 'application/json'].slice(
        0,
        piece || body ? 2 : 0,
      ),
      body: piece ?? (body === undefined ? null : Buffer.from(JSON.stringify(body))),
      timeoutMs: timeout,
      limits: answerLimits,
      tooLarge: exchangeProblems['gateway-answer-invalid'],
    })
    const text = (await content.content()).toString('utf8')
    const answer = parsed(text)
    if (status !== 200) throw refusalIn(answer)
    return answer
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw exchangeProblem('gateway-answer-invalid', { cause })
  }
}

/** What the other gateway refuses with, where it says so in words that we share. */
function refusalIn(answer: unknown): Problem {
  const code = typeof answer === 'object' && answer !== null && 'code' in answer ? answer.code : undefined
  const type = registeredProblems().get(String(code))
  return type ? new Problem(type) : exchangeProblem('gateway-answer-invalid')
}
