import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { ToolMissing } from '../../check.ts'
import { toolsFolder } from '../../documents/peers/tools.ts'
import { inFolder } from '../../tool.ts'

interface Suites {
  readonly is_tls_version_supported: boolean
  readonly accepted_cipher_suites: readonly { readonly cipher_suite: { readonly name: string } }[]
}

interface Scanned<T> {
  readonly result: T | null
}

/** Of sslyze's report of one server, what is held here. */
export interface TlsReport {
  readonly scan_result: {
    readonly [version in OldVersion | 'tls_1_3_cipher_suites']: Scanned<Suites>
  } & {
    readonly elliptic_curves: Scanned<{ readonly supported_curves: readonly { readonly name: string }[] }>
    readonly tls_compression: Scanned<{ readonly supports_compression: boolean }>
    readonly tls_1_3_early_data: Scanned<{ readonly supports_early_data: boolean }>
    readonly heartbleed: Scanned<{ readonly is_vulnerable_to_heartbleed: boolean }>
    readonly openssl_ccs_injection: Scanned<{ readonly is_vulnerable_to_ccs_injection: boolean }>
    readonly session_renegotiation: Scanned<{
      readonly is_vulnerable_to_client_renegotiation_dos: boolean
    }>
  }
}

export const oldVersions = [
  'ssl_2_0_cipher_suites',
  'ssl_3_0_cipher_suites',
  'tls_1_0_cipher_suites',
  'tls_1_1_cipher_suites',
  'tls_1_2_cipher_suites',
] as const
type OldVersion = (typeof oldVersions)[number]

const scans = [
  ...['sslv2', 'sslv3', 'tlsv1', 'tlsv1_1', 'tlsv1_2', 'tlsv1_3', 'elliptic_curves', 'compression'],
  ...['early_data', 'heartbleed', 'openssl_ccs', 'reneg'],
]

/** What sslyze finds at a listener. Throws `ToolMissing` where it is not laid. */
export async function scan(host: string): Promise<TlsReport> {
  const program = join(toolsFolder, 'exchange', 'venv', 'bin', 'sslyze')
  if (!existsSync(program)) throw new ToolMissing('sslyze is missing (conformance/exchange/install.sh)')
  return await inFolder({}, async (folder) => {
    const file = join(folder, 'report.json')
    const args = [
      ...scans.map((name) => `--${name}`),
      '--mozilla_config',
      'disable',
      '--json_out',
      file,
      host,
    ]
    await promisify(execFile)(program, args, { timeout: 240_000, maxBuffer: 1 << 26 })
    const { server_scan_results: servers } = JSON.parse(readFileSync(file, 'utf8')) as {
      server_scan_results: TlsReport[]
    }
    const [report] = servers
    if (!report?.scan_result) throw new Error(`sslyze could not connect to ${host}`)
    return report
  })
}
