import { connect, type TLSSocket } from 'node:tls'
import type { DirectoryGateway } from '../../directory/document.ts'
import { NotConnected } from '../transport/connecting.ts'
import type { Deadlines } from '../transport/deadlines.ts'
import { keyAgreement, type TlsIdentity } from '../transport/peer-connections.ts'
import { ClientLink } from './client-link.ts'

/** By which the two sides agree on links when a connection opens (ALPN, RFC 7301); who doesn't know them speaks HTTP. */
export const linkProtocol = 'sapan-link/1'

/** How long a gateway that speaks HTTP alone is not asked again. */
const plainFor = 10 * 60_000
/** A link on which nothing was asked for so long is closed. */
const idleFor = 60_000

interface Slot {
  link?: ClientLink
  opening?: Promise<ClientLink | undefined>
  plainUntil?: number
  idle?: NodeJS.Timeout
}

export interface LinksOptions {
  readonly deadlines: Deadlines
  readonly connectTimeoutMs: number
  /** Looks at who is there, and keeps the connection in view; throws what the caller is to be told of a stranger. */
  readonly admit: (socket: TLSSocket, gateway: string) => void
}

/** The links that this gateway holds open to others, one each. */
export class Links {
  readonly #options: LinksOptions
  readonly #slots = new Map<string, Slot>()
  #identity: TlsIdentity

  constructor(identity: TlsIdentity, options: LinksOptions) {
    this.#identity = identity
    this.#options = options
  }

  /** How many are open. */
  get open(): number {
    let open = 0
    for (const { link } of this.#slots.values()) if (link && !link.isEnded) open++
    return open
  }

  /** An open link, where there is one already. */
  ready(gateway: DirectoryGateway): ClientLink | undefined {
    const slot = this.#slots.get(keyOf(gateway))
    if (!slot?.link?.isOpen) return undefined
    return slot.link
  }

  /** A link to a gateway, opened where there is none; undefined where it speaks HTTP alone. Rejects as the connecting fails. */
  async to(gateway: DirectoryGateway): Promise<ClientLink | undefined> {
    const slot = this.#slot(keyOf(gateway))
    if (slot.link?.isOpen) return slot.link
    if (slot.plainUntil !== undefined && performance.now() < slot.plainUntil) return undefined
    // Full, and not closed: the others wait no longer over HTTP.
    if (slot.link !== undefined && !slot.link.isEnded) return undefined
    slot.opening ??= this.#connect(gateway, slot).finally(() => {
      delete slot.opening
    })
    return await slot.opening
  }

  /** Opens links with another certificate from now on; open ones finish what they carry. */
  useIdentity(identity: TlsIdentity): void {
    this.#identity = identity
    for (const { link, idle } of this.#slots.values()) {
      clearTimeout(idle)
      link?.close()
    }
    this.#slots.clear()
  }

  close(): void {
    for (const { link, idle } of this.#slots.values()) {
      clearTimeout(idle)
      link?.destroy()
    }
    this.#slots.clear()
  }

  #slot(key: string): Slot {
    const known = this.#slots.get(key)
    if (known) return known
    const slot: Slot = {}
    this.#slots.set(key, slot)
    return slot
  }

  async #connect(gateway: DirectoryGateway, slot: Slot): Promise<ClientLink | undefined> {
    const { admit, deadlines, connectTimeoutMs } = this.#options
    const socket = await connected(gateway.peer, this.#identity, connectTimeoutMs)
    try {
      admit(socket, gateway.id)
    } catch (error) {
      socket.destroy()
      throw error
    }
    if (socket.alpnProtocol !== linkProtocol) {
      socket.destroy()
      slot.plainUntil = performance.now() + plainFor
      return undefined
    }
    const link = new ClientLink(socket, deadlines)
    const idle = setInterval(() => {
      if (link.isEnded || link.closeIfUnused()) clearInterval(idle)
    }, idleFor).unref()
    slot.link = link
    slot.idle = idle
    return link
  }
}

function keyOf({ id, peer }: DirectoryGateway): string {
  return `${id} ${peer}`
}

function connected(origin: string, identity: TlsIdentity, timeoutMs: number): Promise<TLSSocket> {
  const { hostname, port } = new URL(origin)
  const host = hostname.replace(/^\[|\]$/g, '')
  return new Promise((resolve, reject) => {
    const socket = connect({
      ...identity,
      host,
      port: Number(port || 443),
      ...(/[a-z]/i.test(host) && !host.includes(':') ? { servername: host } : {}),
      ALPNProtocols: [linkProtocol, 'http/1.1'],
      minVersion: 'TLSv1.3',
      ecdhCurve: keyAgreement,
      // Whose the certificate is, the directory says; its names are not asked.
      checkServerIdentity: () => undefined,
    })
    const fail = (cause?: Error) => {
      clearTimeout(timer)
      socket.destroy()
      reject(new NotConnected('no connection', { cause }))
    }
    const timer = setTimeout(() => fail(new Error('connecting took too long')), timeoutMs)
    socket.once('error', fail).once('close', fail)
    socket.once('secureConnect', () => {
      clearTimeout(timer)
      socket.off('error', fail).off('close', fail)
      socket.setNoDelay(true)
      socket.setKeepAlive(true, 30_000)
      resolve(socket)
    })
  })
}
