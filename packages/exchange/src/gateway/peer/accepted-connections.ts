import type { Server } from 'node:https'
import type { TLSSocket } from 'node:tls'
import type { GatewayGround } from '../ground.ts'
import { peerOf } from '../provider/steps/verify-peer.ts'
import { shownCertificate } from '../transport/shown-certificate.ts'

/** Connections that other gateways hold open to us, so that those of a revoked peer can be closed. */
export class AcceptedConnections {
  readonly #ground: GatewayGround
  readonly #sockets = new Set<TLSSocket>()

  constructor(ground: GatewayGround) {
    this.#ground = ground
  }

  watch(server: Server): void {
    server.on('secureConnection', (socket) => {
      this.#sockets.add(socket)
      socket.once('close', () => this.#sockets.delete(socket))
    })
  }

  /** Closes the connections of certificates that the directory no longer vouches for. */
  recheck(): void {
    for (const socket of this.#sockets) {
      const certificate = shownCertificate(socket)
      if (certificate && !this.isVouchedFor(certificate)) socket.destroy()
    }
  }

  /** Whether the directory vouches for who shows that certificate (DER). */
  isVouchedFor(certificate: Buffer | undefined): boolean {
    if (certificate === undefined) return false
    try {
      peerOf(this.#ground, certificate)
      return true
    } catch {
      return false
    }
  }
}
