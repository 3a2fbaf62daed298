import { X509Certificate } from 'node:crypto'
import { httpRevocation, localRevocation, type RevocationSource } from '@sapan/documents'
import { systemClock } from '@sapan/kernel'
import { answerOcsp, type CertificateStatus, createCrl, type SigningKey } from '@sapan/trust'

const dayMs = 86_400_000

/** What our own authority issued is answered for here; time-stamps and others', where their certificates say. */
export function besideOwn(own: RevocationSource, issuer: Uint8Array): RevocationSource {
  const network = httpRevocation()
  const isOurs = (path: readonly Uint8Array[]) => path.some((each) => Buffer.from(each).equals(issuer))
  return { collect: (path, at) => (isOurs(path) ? own : network).collect(path, at) }
}

/** Of the certificates of ours that a configuration names: they hold as long as it names them. */
export function statusOfNamed(certificates: readonly Uint8Array[]): (serial: bigint) => CertificateStatus {
  const serials = new Set(
    certificates.map((certificate) => BigInt(`0x${new X509Certificate(certificate).serialNumber}`)),
  )
  return (serial) => ({ state: serials.has(serial) ? 'good' : 'unknown' })
}

export interface OwnRevocation {
  readonly issuer: SigningKey
  /** Lists of the authorities above, DER. */
  lists(): Promise<readonly Uint8Array[]>
  statusOf(serial: bigint): CertificateStatus
}

/** For what the issuer's own key has to answer about, such as the operator's seal. */
export function ownRevocation({ issuer, lists, statusOf }: OwnRevocation): RevocationSource {
  const own = localRevocation({
    ocsp: async (request) => {
      const asked = { responder: issuer, issuer: issuer.certificate, now: systemClock(), status: statusOf }
      return (await answerOcsp(request, asked)).body
    },
    crls: async () => {
      const now = systemClock()
      const list = { revoked: [], number: now, now, nextUpdate: now + dayMs }
      return [await createCrl(issuer, list), ...(await lists())]
    },
  })
  return besideOwn(own, issuer.certificate)
}
