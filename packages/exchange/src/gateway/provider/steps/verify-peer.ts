import { type Problem, Problem as ProblemError } from '@sapan/kernel'
import { fingerprint, verifyPath } from '@sapan/trust'
import { exchangeProblem } from '../../../problems.ts'
import type { GatewayGround } from '../../ground.ts'
import type { Step } from '../../step.ts'
import type { ProviderExchange } from '../exchange.ts'

/** The other gateway must show a TLS certificate of its own, issued under our root and listed in the directory. */
export function verifyPeer(ground: GatewayGround): Step<ProviderExchange> {
  return {
    name: 'verifyPeer',
    run(exchange) {
      const { certificate } = exchange.request.connection
      if (!certificate) throw exchangeProblem('peer-certificate-missing')
      exchange.peerGateway = peerOf(ground, certificate)
      ground.directory.admitPeer(exchange.peerGateway)
      return {
        th: `ใบรับรองเป็นของเกตเวย์ ${exchange.peerGateway}`,
        en: `The certificate is that of the gateway ${exchange.peerGateway}`,
      }
    },
  }
}

/** The gateway whose TLS certificate this is. Throws the Problem that says why it is nobody's. */
export function peerOf(ground: GatewayGround, certificate: Buffer): string {
  const view = ground.directory.current()
  const print = fingerprint(certificate)
  const now = ground.clock()
  if (view.isRevoked(print)) throw exchangeProblem('peer-certificate-revoked')
  const known = view.certificate(print)
  if (!known) throw unlisted(ground, certificate, now)
  if (known.use !== 'tls') throw exchangeProblem('peer-certificate-wrong-purpose')
  if (now < known.notBefore) throw exchangeProblem('peer-certificate-not-yet-valid')
  if (now >= known.notAfter) throw exchangeProblem('peer-certificate-expired')
  return known.holder
}

/** Says of a certificate that the directory does not list what is wrong with it, as far as it can be told. */
function unlisted(ground: GatewayGround, certificate: Buffer, at: number): Problem {
  const { issuers } = ground.directory.current().directory
  const intermediates = [...issuers.map((issuer) => Buffer.from(issuer, 'base64')), ground.root()]
  const roots = [ground.settings.center.rootFingerprint]
  try {
    verifyPath(certificate, intermediates, roots, { profile: 'tls', at, revoked: new Set() })
  } catch (error) {
    if (error instanceof ProblemError) {
      if (error.code === 'certificate-expired') return exchangeProblem('peer-certificate-expired')
      if (error.code === 'certificate-not-yet-valid') return exchangeProblem('peer-certificate-not-yet-valid')
      if (error.code === 'certificate-wrong-purpose') return exchangeProblem('peer-certificate-wrong-purpose')
    }
  }
  return exchangeProblem('peer-certificate-unknown')
}
