import { readFileSync } from 'node:fs'
import { request } from 'node:https'
import { join } from 'node:path'
import { type Check, claim, type Finding } from '../../check.ts'
import { type Country, runningCountry } from '../../country.ts'
import { versionOf } from '../../tool.ts'
import { atNewEdge } from './new-edge.ts'
import { oldVersions, scan, type TlsReport } from './sslyze.ts'

const suites = ['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256']
const curves = ['X25519', 'prime256v1', 'secp256r1', 'secp384r1', 'secp521r1', 'X448']

/** The listeners of center and gateways, by another's scanner. */
export const tlsProfile: Check = {
  name: 'TLS of center and gateways',
  against: () => `PyPI sslyze 6.3.1, ${versionOf('openssl', 'version')}`,
  async run() {
    let country: Country
    try {
      country = await runningCountry()
    } catch (error) {
      return [await claim('center, peer listener and edge speak TLS 1.3 alone', () => Promise.reject(error))]
    }
    const { center, peer } = endpointsOf(country)
    const findings = [...(await listener('the center', center)), ...(await listener('a peer listener', peer))]
    findings.push(
      await claim('a peer listener refuses who shows no certificate, and says so', async () => {
        for (const path of ['/r1/TH/GOV/DOPA/places/division-v1/provinces', '/sapan/v1/grants'])
          isWithoutCertificate(path, await get(`https://${peer}${path}`))
      }),
      await claim('an edge beyond loopback comes up with TLS', () =>
        atNewEdge(country, async (host) => void findings.push(...(await listener('an edge', host)))),
      ),
    )
    return findings
  },
}

function endpointsOf({ home }: Country): { center: string; peer: string } {
  const { center, gateways } = JSON.parse(readFileSync(join(home, 'endpoints.json'), 'utf8')) as {
    center: string
    gateways: Record<string, { peer: string }>
  }
  return { center: new URL(center).host, peer: new URL(gateways.RD?.peer ?? '').host }
}

async function listener(name: string, host: string): Promise<Finding[]> {
  let found: TlsReport | undefined
  const scanned = await claim(`sslyze scans ${name}`, async () => {
    found = await scan(host)
  })
  if (found === undefined) return [scanned]
  const { scan_result: result } = found
  return [
    await claim(`${name} takes TLS 1.3, and nothing older`, () => {
      const old = oldVersions.filter((version) => result[version].result?.is_tls_version_supported !== false)
      if (old.length > 0) throw new Error(`taken, or not scanned: ${old.join(', ')}`)
      if (!result.tls_1_3_cipher_suites.result?.is_tls_version_supported)
        throw new Error('TLS 1.3 is refused')
    }),
    await claim(`${name} has strong cipher suites and key agreements only`, () => {
      const accepted = result.tls_1_3_cipher_suites.result?.accepted_cipher_suites ?? []
      outside(
        'suites',
        accepted.map(({ cipher_suite }) => cipher_suite.name),
        suites,
      )
      const agreed = result.elliptic_curves.result?.supported_curves ?? []
      outside(
        'curves',
        agreed.map(({ name: curve }) => curve),
        curves,
      )
    }),
    await claim(`${name} has no compression, no early data, no renegotiation, and no known hole`, () => {
      const flaws = {
        compression: result.tls_compression.result?.supports_compression,
        'early data': result.tls_1_3_early_data.result?.supports_early_data,
        heartbleed: result.heartbleed.result?.is_vulnerable_to_heartbleed,
        'CCS injection': result.openssl_ccs_injection.result?.is_vulnerable_to_ccs_injection,
        renegotiation: result.session_renegotiation.result?.is_vulnerable_to_client_renegotiation_dos,
      }
      const bad = Object.entries(flaws).filter(([, has]) => has !== false)
      if (bad.length > 0) throw new Error(`found, or not scanned: ${bad.map(([flaw]) => flaw).join(', ')}`)
    }),
  ]
}

function outside(what: string, found: readonly string[], allowed: readonly string[]): void {
  const others = found.filter((name) => !allowed.includes(name))
  if (found.length === 0 || others.length > 0) throw new Error(`${what}: ${others.join(', ') || 'none'}`)
}

function isWithoutCertificate(path: string, { status, body }: { status: number; body: string }): void {
  if (status !== 401 || !body.includes('peer-certificate-missing'))
    throw new Error(`${path}: ${status} ${body.slice(0, 200)}`)
}

function get(url: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    // Whose certificate it is is not what is looked at here.
    request(url, { rejectUnauthorized: false, agent: false }, (answer) => {
      let body = ''
      answer.on('data', (piece: Buffer) => {
        body += piece.toString()
      })
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body }))
    })
      .on('error', reject)
      .end()
  })
}
