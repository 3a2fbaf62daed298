import type { TLSSocket } from 'node:tls'

const certificates = new WeakMap<TLSSocket, Buffer | null>()

/** The certificate that the other side of a connection has shown, DER; asked of TLS once for each connection. */
export function shownCertificate(socket: TLSSocket): Buffer | undefined {
  let shown = certificates.get(socket)
  if (shown === undefined) {
    shown = socket.getPeerCertificate().raw ?? null
    certificates.set(socket, shown)
  }
  return shown ?? undefined
}
