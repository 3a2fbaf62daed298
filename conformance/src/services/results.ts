import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Check, claim, type Finding } from '../check.ts'
import { pdfsig } from '../documents/peers/pdfsig.ts'
import { atPlace, type Place } from '../documents/prepared.ts'
import { must } from '../identity/relying-party.ts'
import { tool, versionOf } from '../tool.ts'
import { type Applied, application, type Listed, until } from './application.ts'
import { payOnPage } from './payment-page.ts'

/** What a service gives a person: the sealed receipt and the result, in the validators of others. */
export const resultsOfServices: Check = {
  name: 'services, signed documents',
  against: () =>
    `veraPDF 1.30.2, EU DSS 6.4, pyHanko 0.38.0, poppler's pdfsig, ${versionOf('qpdf', '--version')}`,
  run: () =>
    atPlace(async (place) => {
      let documents: readonly Listed[] = []
      let applied: Applied | undefined
      const had = await claim(
        'an application is paid and decided, and a program has its receipt and its result',
        async () => {
          applied = await application()
          const { payments } = await applied.now()
          if (payments[0]?.state === 'waiting') await payOnPage(applied)
          documents = await until(applied, (now) => (now.documents.length >= 2 ? now.documents : undefined))
        },
      )
      const findings: Finding[] = [had]
      for (const one of documents) if (applied) findings.push(...(await judged(place, applied, one)))
      return findings
    }),
}

async function judged(
  place: Place,
  { program }: Applied,
  { href, kind, sha256 }: Listed,
): Promise<Finding[]> {
  const bytes = await program.bytes(href)
  const file = place.lay(`${kind}.pdf`, bytes)
  const anchors = anchorsOf(place, program.at.home)
  return [
    await claim(`${kind}: openssl has the digest that the API tells`, () => {
      const { out } = tool('openssl', ['dgst', '-sha256', '-r', file])
      must(out.startsWith(sha256), out)
    }),
    await claim(`${kind}: veraPDF finds PDF/A-3a`, async () => {
      const { compliant, claims, failures } = await place.verapdf.check(file)
      must(compliant && claims === '3a', `claims ${claims}: ${failures.slice(0, 3).join('; ')}`)
    }),
    await claim(`${kind}: EU DSS says TOTAL-PASSED, by the country's root`, async () => {
      await place.dss.trust(anchors)
      const found = await place.dss.check(file)
      must(found.length > 0 && found.every((one) => one.indication === 'TOTAL_PASSED'), JSON.stringify(found))
    }),
    await claim(`${kind}: pyHanko finds every signature valid and over the whole file`, async () => {
      const found = await place.pyhanko.check({ check: file, anchors })
      must(found.length > 0 && found.every((one) => one.bottom_line), JSON.stringify(found))
    }),
    await claim(`${kind}: pdfsig finds the signature valid`, () => {
      // A template's field for an officer stays empty where an agency seals.
      const found = pdfsig(file).filter(({ validation }) => validation !== '')
      must(
        found.length > 0 && found.every((one) => one.validation === 'Signature is Valid.'),
        JSON.stringify(found),
      )
    }),
    await claim(`${kind}: qpdf --check finds no fault in it`, () => tool('qpdf', ['--check', file])),
  ]
}

/** The root of the demonstration's documents, as a DER file. */
function anchorsOf(place: Place, home: string): string[] {
  const pem = readFileSync(join(home, 'documents', 'root.pem'), 'utf8')
  return [place.lay('root.der', Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64'))]
}
