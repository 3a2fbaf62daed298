import { type Check, claim, type Finding } from '../check.ts'
import { type Compared, compare, isDeceived, unexplained } from './compare.ts'
import { baseDocument } from './hostile/base.ts'
import { type HostileFile, hostileFiles } from './hostile/index.ts'
import { questionFor } from './ours.ts'
import { atPlace, type Place } from './prepared.ts'
import { signHere } from './signing.ts'
import { issueSamples } from './templates.ts'

/** Files that somebody tampered with, in our checker and in others'. */
export const hostileDocuments: Check = {
  name: 'Documents, hostile',
  against: () => 'pyHanko 0.38.0, EU DSS 6.4',
  run: () =>
    atPlace(async (place) => {
      const { leftOut, files } = await judgeHostileFiles(place)
      const families = [...new Set(files.map(({ file }) => file.family))]
      const findings: Finding[] = []
      for (const family of families) findings.push(await familyClaim(family, files))
      findings.push(
        await claim(`what must pass passes here`, () =>
          none(files.filter(({ file, compared }) => file.must === 'passes' && compared.our !== 'passed')),
        ),
        await claim(`of ${files.length} files, none passes here that pyHanko or EU DSS fails`, () =>
          none(files.filter(({ compared }) => isDeceived(compared))),
        ),
        await claim(
          'every disagreement with pyHanko, and with EU DSS on what passes here, is explained',
          () =>
            none(files.filter(({ file, compared }) => unexplained(compared, `${file.family}/${file.name}`))),
        ),
        await claim(`attacks that could not be done to a file: ${leftOut.length}, all known`, () => {
          const unknown = leftOut.filter((what) => !what.includes('(issued)'))
          if (unknown.length > 0) throw new Error(unknown.join('; '))
        }),
      )
      return findings
    }),
}

export interface Judged {
  readonly file: HostileFile
  readonly compared: Compared
}

/** Makes every hostile file and asks everyone. */
export async function judgeHostileFiles(place: Place): Promise<{ files: Judged[]; leftOut: string[] }> {
  const { authority, files } = await place.authority('ecdsa')
  const [issued] = await issueSamples()
  const good = {
    plain: await signHere(baseDocument(), 'B-LTA', authority),
    ...(issued ? { issued: await signHere(issued.bytes, 'B-LTA', authority) } : {}),
  }
  const leftOut: string[] = []
  const made = await hostileFiles({
    authority,
    files,
    folder: place.folder,
    sign: (pdf, level, options) => signHere(pdf, level, authority, options),
    good,
    leftOut: (what) => leftOut.push(what),
  })
  await place.dss.trust(files.anchors, files.crls)
  const peers = { anchors: files.anchors, crls: files.crls }
  const judged: Judged[] = []
  for (const file of made)
    judged.push({ file, compared: await compare(place, file, questionFor(authority), peers) })
  return { files: judged, leftOut }
}

function familyClaim(family: string, files: readonly Judged[]): Promise<Finding> {
  const attacks = files.filter(({ file }) => file.family === family && file.must === 'refused')
  return claim(`${family}: ${attacks.length} attacks, none passes here`, () =>
    none(attacks.filter(({ compared }) => compared.our === 'passed')),
  )
}

function none(found: readonly Judged[]): void {
  if (found.length === 0) return
  throw new Error(
    found
      .map(
        ({ file, compared }) =>
          `${file.family}/${file.name}: ours ${compared.our}, pyHanko ${compared.pyhanko}, DSS ${compared.dss}`,
      )
      .join('; '),
  )
}
