import { createHash, X509Certificate } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Check, claim, type Finding, refused } from '../check.ts'
import { type Country, runningCountry } from '../country.ts'
import { inFolder, tool, versionOf } from '../tool.ts'
import { dssAltered, dssOpens } from './evidence-in-dss.ts'
import { phAsicOpens, phAsicRefuses } from './evidence-in-ph-asic.ts'

const program = fileURLToPath(new URL('../../../apps/sapan/bin/sapan.mjs', import.meta.url))

/** A file of evidence that a running country exported, opened and checked with nothing of ours. */
export const exportedEvidence: Check = {
  name: 'Exported evidence',
  against: () => `unzip, ${versionOf('openssl', 'version')}, EU DSS 6.4, ph-asic 1.5.0`,
  async run() {
    let findings: Finding[] = []
    const exported = await claim('a running country exports an exchange', async () => {
      const country = await runningCountry()
      await inFolder({}, async (folder) => {
        exportExchange(country, folder)
        findings = await checkFile(folder, country.rootFingerprint)
      })
    })
    return [exported, ...findings]
  },
}

/** An exchange without personal data: provinces, from DOPA to RD. */
function exportExchange({ home }: Country, folder: string): void {
  const service = 'TH/GOV/DOPA/places/division-v1/provinces'
  const what = [
    'call',
    service,
    '--as',
    'TH/GOV/RD/efiling',
    '--home',
    home,
    '--evidence',
    join(folder, 'out.asice'),
  ]
  tool(process.execPath, [program, ...what], { cwd: folder })
}

async function checkFile(cwd: string, rootFingerprint: string): Promise<Finding[]> {
  return [
    await claim('unzip -t finds no fault, and mimetype is the first file, stored', () => {
      tool('unzip', ['-tq', 'out.asice'], { cwd })
      const start = readFileSync(join(cwd, 'out.asice')).toString('latin1', 30, 69)
      if (!start.startsWith('mimetypeapplication/vnd.etsi.asic-e+zip'))
        throw new Error('it begins with another file')
      tool('unzip', ['-q', 'out.asice', '-d', 'open'], { cwd })
    }),
    await claim('the trusted root’s certificate is in the file, by its fingerprint', () =>
      writeRoot(cwd, rootFingerprint),
    ),
    await claim('openssl cms -verify -cades accepts the signature over ASiCManifest.xml', () =>
      verifyManifest(cwd),
    ),
    await refused('it refuses the signature over an altered manifest', () => {
      const file = join(cwd, 'open/META-INF/ASiCManifest.xml')
      writeFileSync(
        join(cwd, 'altered.xml'),
        readFileSync(file, 'utf8').replace('request.json', 'request.jsom'),
      )
      verifyManifest(cwd, 'altered.xml')
    }),
    await claim('the manifest lists every file, with the digest that sha256 gives', () =>
      compareDigests(join(cwd, 'open')),
    ),
    await claim('openssl ts -verify accepts the time-stamp over the signed checkpoint', () =>
      verifyStamp(cwd),
    ),
    await claim(
      'EU DSS opens it as ASiC-E with CAdES-BASELINE-B, intact and up to the trusted root; it misses revocation lists alone',
      () => dssOpens(cwd),
    ),
    await claim('EU DSS says of it with another answer inside that it is broken', () => dssAltered(cwd)),
    await claim('ph-asic reads every file of it, by the manifest and its signature', () => phAsicOpens(cwd)),
    await claim('ph-asic refuses it with another answer, or another manifest', () => phAsicRefuses(cwd)),
  ]
}

function writeRoot(cwd: string, rootFingerprint: string): void {
  const { out } = tool(
    'openssl',
    ['pkcs7', '-inform', 'DER', '-in', 'open/META-INF/signature.p7s', '-print_certs'],
    { cwd },
  )
  const all = out.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
  const print = (pem: string): string =>
    createHash('sha256').update(new X509Certificate(pem).raw).digest('hex')
  const root = all.find((pem) => print(pem) === rootFingerprint)
  if (root === undefined) throw new Error('no certificate has the root’s fingerprint')
  writeFileSync(join(cwd, 'root.pem'), root)
}

function verifyManifest(cwd: string, content = 'open/META-INF/ASiCManifest.xml'): void {
  const what = [
    '-binary',
    '-inform',
    'DER',
    '-in',
    'open/META-INF/signature.p7s',
    '-content',
    content,
    '-out',
    'out.bin',
  ]
  tool('openssl', ['cms', '-verify', '-cades', ...what, '-CAfile', 'root.pem', '-purpose', 'any'], { cwd })
}

function compareDigests(open: string): void {
  const manifest = readFileSync(join(open, 'META-INF/ASiCManifest.xml'), 'utf8')
  const listed = [
    ...manifest.matchAll(/<asic:DataObjectReference URI="([^"]+)"[\s\S]*?<ds:DigestValue>([^<]+)</g),
  ]
  for (const [, uri = '', digest] of listed) {
    const actual = createHash('sha256')
      .update(readFileSync(join(open, uri)))
      .digest('base64')
    if (actual !== digest) throw new Error(`${uri} has another digest`)
  }
  const names = listed.map(([, uri]) => uri)
  const files = readdirSync(open, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(open.length + 1))
  const unlisted = files.filter(
    (name) => name !== 'mimetype' && !name.startsWith('META-INF/') && !names.includes(name),
  )
  if (listed.length === 0 || unlisted.length > 0) throw new Error(`not listed: ${unlisted.join(', ')}`)
}

/** The stamp is over the note as the log signed it, before witnesses added their lines. */
function verifyStamp(cwd: string): void {
  const log = join(cwd, 'open/log')
  const note = readdirSync(log).find((name) => name.endsWith('.txt')) ?? ''
  const lines = readFileSync(join(log, note), 'utf8').split('\n')
  const signed = lines.slice(0, lines.findIndex((line) => line.startsWith('— ')) + 1)
  writeFileSync(join(cwd, 'checkpoint.txt'), `${signed.join('\n')}\n`)
  const token = ['-in', join(log, note.replace('.txt', '.tst')), '-token_in']
  tool('openssl', ['ts', '-verify', '-data', 'checkpoint.txt', ...token, '-CAfile', 'root.pem'], { cwd })
}
