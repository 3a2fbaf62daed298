import { readFileSync } from 'node:fs'
import {
  createAsice,
  createAsics,
  localRevocation,
  localTimestamper,
  renewContainer,
  signAsice,
} from '@sapan/documents'
import { type Check, claim, type Finding } from '../check.ts'
import type { AuthorityFiles, DocumentAuthority } from './authority.ts'
import { levels } from './levels.ts'
import { ourVerdict, questionFor } from './ours.ts'
import { atPlace, type Place } from './prepared.ts'

const contents = [
  { name: 'ทะเบียน.xml', bytes: Buffer.from('<register>ก</register>'), mime: 'application/xml' },
  { name: 'note.txt', bytes: Buffer.from('a note\n'), mime: 'text/plain' },
] as const

/** Our containers (EN 319 162-1) in EU DSS, and EU DSS's in ours. */
export const containers: Check = {
  name: 'Documents in containers',
  against: () => 'EU DSS 6.4',
  run: () =>
    atPlace(async (place) => {
      const { authority, files } = await place.authority('ecdsa')
      return [
        ...(await ours(place, authority, files)),
        ...(await theirs(place, authority, files)),
        ...(await renewals(place, authority, files)),
      ]
    }),
}

async function ours(place: Place, authority: DocumentAuthority, files: AuthorityFiles): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const level of levels) {
    const options = {
      key: authority.signer,
      level,
      time: Date.now(),
      timestamper: localTimestamper(authority.timestamps),
      revocation: localRevocation({ crls: () => authority.crls }),
    }
    const both = {
      'ASiC-E': () => createAsice(contents, options),
      'ASiC-S': () => createAsics(contents[0], options),
    }
    for (const [type, create] of Object.entries(both))
      findings.push(
        await claim(
          `our ${type} with CAdES, ${level}: EU DSS says TOTAL-PASSED and the level; so do we`,
          async () => {
            const bytes = await create()
            await place.dss.trust(files.anchors, files.crls)
            const found = await place.dss.check(place.lay(`ours-${type}-${level}.asice`, bytes))
            const [one] = found
            if (
              found.length !== 1 ||
              one?.indication !== 'TOTAL_PASSED' ||
              one.level !== `CAdES-BASELINE-${level.slice(2)}`
            )
              throw new Error(JSON.stringify(found))
            const verdict = await ourVerdict(bytes, questionFor(authority))
            if (verdict.conclusion !== 'TOTAL-PASSED' || verdict.level !== `CAdES-${level}`)
              throw new Error(`ours: ${JSON.stringify(verdict)}`)
          },
        ),
      )
  }
  return findings
}

async function theirs(place: Place, authority: DocumentAuthority, files: AuthorityFiles): Promise<Finding[]> {
  const findings: Finding[] = []
  const laid = contents.map(({ name, bytes }, index) => place.lay(`${index}${name.slice(-4)}`, bytes))
  for (const form of ['CAdES', 'XAdES'] as const)
    for (const type of ['ASiC_E', 'ASiC_S'] as const)
      for (const level of levels)
        findings.push(
          await claim(
            `EU DSS’s ${type.replace('_', '-')} with ${form}, ${level}, passes here, as that level`,
            async () => {
              const out = place.lay(`theirs-${form}-${type}-${level}.asice`, Buffer.alloc(0))
              await place.dss.trust(files.anchors, files.crls)
              const stores = { signer: files.signerStore, tsa: files.tsaStore, password: files.password }
              await place.dss.container({
                form,
                type,
                level,
                out,
                files: type === 'ASiC_S' ? laid.slice(0, 1) : laid,
                ...stores,
              })
              const verdict = await ourVerdict(readFileSync(out), questionFor(authority))
              if (verdict.conclusion !== 'TOTAL-PASSED' || verdict.level !== `${form}-${level}`)
                throw new Error(JSON.stringify(verdict))
            },
          ),
        )
  return findings
}

/** Ours renewed, and EU DSS's: those have a time-stamp over the whole from B-LTA on, and get a further one of that kind. */
async function renewals(
  place: Place,
  authority: DocumentAuthority,
  files: AuthorityFiles,
): Promise<Finding[]> {
  const renewal = {
    time: Date.now(),
    timestamper: localTimestamper(authority.timestamps),
    revocation: localRevocation({ crls: () => authority.crls }),
  }
  const options = (level: (typeof levels)[number]) => ({ key: authority.signer, level, ...renewal })
  const laid = contents.map(({ name, bytes }, index) => place.lay(`${index}${name.slice(-4)}`, bytes))
  const fromDss = async (level: string) => {
    const out = place.lay(`renewed-${level}.asice`, Buffer.alloc(0))
    await place.dss.trust(files.anchors, files.crls)
    const stores = { signer: files.signerStore, tsa: files.tsaStore, password: files.password }
    await place.dss.container({ form: 'CAdES', type: 'ASiC_E', level, out, files: laid, ...stores })
    return readFileSync(out)
  }
  const made = {
    'our ASiC-E, B-B': () => createAsice(contents, options('B-B')),
    'our ASiC-E, B-LTA': () => createAsice(contents, options('B-LTA')),
    'our ASiC-S, B-LTA': () => createAsics(contents[0], options('B-LTA')),
    'our ASiC-E, signed by two': async () =>
      signAsice(await createAsice(contents, options('B-LTA')), options('B-LTA')),
    'EU DSS’s ASiC-E, B-LT': () => fromDss('B-LT'),
    'EU DSS’s ASiC-E, B-LTA': () => fromDss('B-LTA'),
  }
  const findings: Finding[] = []
  for (const [name, create] of Object.entries(made))
    findings.push(
      await claim(`${name}, renewed twice: EU DSS says TOTAL-PASSED and B-LTA; so do we`, async () => {
        const renewed = await renewContainer(await renewContainer(await create(), renewal), renewal)
        await place.dss.trust(files.anchors, files.crls)
        const found = await place.dss.check(place.lay(`${name}.asice`, renewed))
        const isRight = (one: (typeof found)[number]) =>
          one.indication === 'TOTAL_PASSED' && one.level === 'CAdES-BASELINE-LTA'
        if (found.length === 0 || !found.every(isRight)) throw new Error(JSON.stringify(found))
        const verdict = await ourVerdict(renewed, questionFor(authority))
        if (verdict.conclusion !== 'TOTAL-PASSED' || verdict.level !== 'CAdES-B-LTA')
          throw new Error(`ours: ${JSON.stringify(verdict)}`)
      }),
    )
  return findings
}
