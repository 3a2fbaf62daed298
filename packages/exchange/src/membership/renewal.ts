import { type Clock, type Logger, Problem, type Text } from '@sapan/kernel'
import { createRequest, fingerprint, type KeyFolder, readCertificate } from '@sapan/trust'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { memberOf } from '../identifier.ts'
import { exchangeProblem } from '../problems.ts'
import { mergedChain } from './chain.ts'
import type { CenterConnection } from './connection.ts'
import type { KeyFolderLock } from './key-folder-lock.ts'
import {
  activeCredential,
  type Credential,
  type GatewayCredentials,
  type HeldCredential,
  loadCredentials,
  loadMembership,
  type Membership,
  saveMembership,
} from './membership.ts'
import { state } from './statements.ts'

export interface RenewalOptions {
  readonly keys: KeyFolder
  readonly center: CenterConnection
  readonly clock: Clock
  readonly log: Logger
  /** Where other processes have the same key folder: keeps them from writing the membership at the same time. */
  readonly lock?: KeyFolderLock
  /** Seconds between a certificate's issue and its use: until every gateway has polled the directory. 60. */
  readonly settleSeconds?: number
  /** Seconds between looks at the certificates; 60, or less where they live shortly. */
  readonly lookSeconds?: number
  /** Called when other credentials come into use: give them to listeners and signers. */
  readonly onChange: (credentials: GatewayCredentials) => void
}

/** Renews a gateway's certificates by itself, each with a new key, when two thirds of its life are over. */
export interface Renewal {
  /** Returns the credentials in use now. Throws Problem `membership-missing`. */
  start(): Promise<GatewayCredentials>
  stop(): Promise<void>
  /** Renews what is due and takes into use what has settled; true where something came into use. */
  look(): Promise<boolean>
  /** Changes the membership while no certificate is being renewed, saves it, and takes what it then names into use. */
  change(work: (membership: Membership) => Promise<Membership>): Promise<void>
  /** Renews every certificate at once, due or not; they come into use when they have settled. Throws what went wrong. */
  renewNow(): Promise<void>
  /** When the last try failed, and why; null where all that were tried came through. */
  failure(): { readonly at: number; readonly reason: Text } | null
}

type Use = 'tls' | 'signing'

/** A certificate that is renewed by itself: the gateway's, or a member's. */
interface Renewable {
  readonly use: Use
  readonly member: string
}

const answerShape = Compile(
  Type.Object({
    certificate: Type.String({ minLength: 1 }),
    chain: Type.Array(Type.String(), { minItems: 2 }),
  }),
)

export function createRenewal(options: RenewalOptions): Renewal {
  return new Renewing(options)
}

class Renewing implements Renewal {
  readonly #options: RenewalOptions
  #inUse: string | undefined
  #timer: NodeJS.Timeout | undefined
  #stopped = false
  #looking: Promise<boolean> | undefined
  #failure: { readonly at: number; readonly reason: Text } | null = null
  /** One certificate at a time: each renewal reads the membership, and writes it whole. */
  #renewing: Promise<void> = Promise.resolve()

  constructor(options: RenewalOptions) {
    this.#options = options
  }

  async start(): Promise<GatewayCredentials> {
    const { keys, clock, log } = this.#options
    const credentials = await loadCredentials(keys, await this.#membership(), clock())
    this.#inUse = fingerprints(credentials)
    const shortest = Math.min(...all(credentials).map((held) => held.notAfter - held.issuedAt)) / 1000
    const pause = this.#options.lookSeconds ?? Math.min(Math.max(shortest / 20, 1), 60)
    this.#timer = setInterval(() => {
      this.look().catch((error: unknown) => log.error({ err: error }, 'certificates could not be renewed'))
    }, pause * 1000)
    this.#timer.unref()
    return credentials
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    this.#stopped = true
    await this.#looking?.catch(() => false)
    await this.#renewing
  }

  look(): Promise<boolean> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined
    })
    return this.#looking
  }

  async renewNow(): Promise<void> {
    const [problem] = await this.#renewWhere(() => true)
    if (problem !== undefined) throw problem
  }

  async change(work: (membership: Membership) => Promise<Membership>): Promise<void> {
    await this.#alone(async () => {
      await saveMembership(this.#options.keys, await work(await this.#membership()))
    })
    await this.#takeIntoUse()
  }

  /** Nobody else writes the membership meanwhile: in this process nor, with the lock, in another. */
  #alone<T>(work: () => Promise<T>): Promise<T> {
    const { lock = (held) => held() } = this.#options
    const done = this.#renewing.then(() => lock(work))
    this.#renewing = done.then(
      () => {},
      () => {},
    )
    return done
  }

  async #membership(): Promise<Membership> {
    const membership = await loadMembership(this.#options.keys)
    if (!membership) throw exchangeProblem('membership-missing')
    return membership
  }

  async #look(): Promise<boolean> {
    await this.#renewDue()
    return this.#takeIntoUse()
  }

  async #takeIntoUse(): Promise<boolean> {
    const { keys, clock, onChange } = this.#options
    const credentials = await loadCredentials(keys, await this.#membership(), clock())
    const inUse = fingerprints(credentials)
    if (inUse === this.#inUse) return false
    this.#inUse = inUse
    // Perhaps renewed by another process of the gateway.
    this.#failure = null
    onChange(credentials)
    return true
  }

  async #renewDue(): Promise<void> {
    const { tls, members } = await this.#membership()
    // Each look of each process would else wait for the lock.
    if (![tls, ...members.map(({ signing }) => signing)].some((held) => this.#isDue(held))) return
    for (const err of await this.#renewWhere((held) => this.#isDue(held))) {
      this.#options.log.error({ err }, 'a certificate could not be renewed')
    }
  }

  failure() {
    return this.#failure
  }

  /** Returns what went wrong: one failure does not keep the others from being renewed. */
  async #renewWhere(wanted: (held: readonly Credential[]) => boolean): Promise<unknown[]> {
    const problems: unknown[] = []
    for (const one of renewables(await this.#membership())) {
      if (this.#stopped) break
      // A center that hangs holds the lock for as long as one certificate is asked for, however many there are.
      await this.#alone(() => this.#renewIf(wanted, one)).catch((error: unknown) => {
        problems.push(error)
      })
    }
    const [first] = problems
    this.#failure = problems.length === 0 ? null : { at: this.#options.clock(), reason: reasonOf(first) }
    return problems
  }

  /** Another process may have renewed it, or the member left, before the lock was ours. */
  async #renewIf(
    wanted: (held: readonly Credential[]) => boolean,
    { use, member }: Renewable,
  ): Promise<void> {
    const membership = await this.#membership()
    const held = use === 'tls' ? membership.tls : signingOf(membership, member)
    if (held !== undefined && wanted(held)) await this.#renew(use, member, membership, held)
  }

  #isDue(credentials: readonly Credential[]): boolean {
    const newest = credentials.at(-1)
    if (!newest) return false
    const { notAfter } = readCertificate(Buffer.from(newest.certificate, 'base64'))
    const from = newest.activeFrom
    return this.#options.clock() >= from + ((notAfter - from) * 2) / 3
  }

  /** The next key has its number in its name: after a crash it is found again, and certified once more. */
  async #renew(use: Use, member: string, membership: Membership, held: Credential[]): Promise<void> {
    const { keys, clock, center, settleSeconds = 60, log } = this.#options
    const credentials = await loadCredentials(keys, membership, clock())
    const signing = credentials.signing.get(member)
    if (!signing) throw exchangeProblem('membership-corrupt')
    const name = nextKeyName(held)
    const algorithm = use === 'tls' ? 'ecdsa-p256-sha256' : signing.signer.algorithm
    const signer = await keys.loadOrCreate(name, algorithm)
    const commonName = (use === 'tls' ? membership.gateway : member).slice(-64)
    const answer = await state(
      { center, rootFingerprint: membership.rootFingerprint, signing, clock },
      {
        path: '/v1/renew',
        type: 'sapan-renewal+jws',
        payload: {
          use,
          gateway: membership.gateway,
          request: createRequest(signer, { subject: { commonName } }),
        },
      },
    )
    if (!answerShape.Check(answer)) throw exchangeProblem('center-answer-invalid')
    const der = Buffer.from(answer.certificate, 'base64')
    if (!readCertificate(der).publicKey.equals(signer.publicKey))
      throw exchangeProblem('center-answer-invalid')
    const next = { key: name, certificate: answer.certificate, activeFrom: clock() + settleSeconds * 1000 }
    held.splice(0, held.length, activeCredential(held, clock()), next)
    membership.chain = mergedChain(membership.chain, answer.chain)
    await saveMembership(keys, membership)
    log.info({ use, fingerprint: fingerprint(der) }, 'a certificate was renewed')
  }
}

function reasonOf(error: unknown): Text {
  if (error instanceof Problem) return error.type.title
  return { th: 'ข้อผิดพลาดที่ไม่คาดคิด ดูบันทึกของเกตเวย์', en: "unexpected; see the gateway's log" }
}

function renewables({ gateway, members }: Membership): Renewable[] {
  const signing = members.map(({ id }) => ({ use: 'signing', member: id }) as const)
  return [{ use: 'tls', member: memberOf(gateway) }, ...signing]
}

function signingOf({ members }: Membership, member: string): Credential[] | undefined {
  return members.find(({ id }) => id === member)?.signing
}

/** Numbered after the key of the joining, so that keys of an earlier membership are never met again. */
function nextKeyName(held: readonly Credential[]): string {
  const [, base = '', number = '0'] = /^(.*?)(?:\.n(\d+))?$/.exec(held.at(-1)?.key ?? '') ?? []
  return `${base}.n${Number(number) + 1}`
}

function all(credentials: GatewayCredentials): HeldCredential[] {
  return [credentials.tls, ...credentials.signing.values()]
}

function fingerprints(credentials: GatewayCredentials): string {
  return [...all(credentials).map((held) => held.fingerprint), ...[...credentials.moving].flat()].join()
}
