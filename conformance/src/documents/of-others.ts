import { readFileSync } from 'node:fs'
import { type Check, claim, type Finding } from '../check.ts'
import type { KeyKind } from './authority.ts'
import { agrees, type Compared, isDeceived, unexplained } from './compare.ts'
import { baseDocument } from './hostile/base.ts'
import { type Level, levels } from './levels.ts'
import { ourVerdict, questionFor } from './ours.ts'
import { atPlace, type Place } from './prepared.ts'
import { compareRecorded, recordedFiles } from './recorded.ts'
import { issueSamples } from './templates.ts'

/** Files that others signed, in our checker: some made here, and those of pyHanko's own tests. */
export const documentsOfOthers: Check = {
  name: 'Documents of others',
  against: () => 'pyHanko 0.38.0 and its test files, EU DSS 6.4',
  run: () =>
    atPlace(async (place) => [
      ...(await signedHere(place, 'ecdsa')),
      ...(await signedHere(place, 'rsa')),
      ...(await pyhankosFiles(place)),
    ]),
}

async function signedHere(place: Place, kind: KeyKind): Promise<Finding[]> {
  const { authority, files } = await place.authority(kind)
  const [issued] = await issueSamples()
  const document = place.lay('unsigned.pdf', issued?.bytes ?? baseDocument())
  const findings: Finding[] = []
  const check = async (level: Level, out: string): Promise<void> => {
    const ours = await ourVerdict(readFileSync(out), questionFor(authority))
    if (ours.conclusion !== 'TOTAL-PASSED' || ours.level !== `PAdES-${level}`)
      throw new Error(JSON.stringify(ours))
  }
  for (const level of levels) {
    const out = place.lay(`${kind}-${level}-theirs.pdf`, Buffer.alloc(0))
    findings.push(
      await claim(`${kind}, ${level}: what pyHanko signed passes here, as that level`, async () => {
        await place.pyhanko.sign({
          sign: document,
          out,
          level,
          ...files.signer,
          tsa: files.tsa,
          anchors: files.anchors,
          crls: files.crls,
        })
        await check(level, out)
      }),
      await claim(`${kind}, ${level}: what EU DSS signed passes here, as that level`, async () => {
        await place.dss.trust(files.anchors, files.crls)
        const stores = { signer: files.signerStore, tsa: files.tsaStore, password: files.password }
        await place.dss.sign({ level, file: document, out, ...stores })
        await check(level, out)
      }),
    )
  }
  return findings
}

async function pyhankosFiles(place: Place): Promise<Finding[]> {
  const compared: Compared[] = []
  const asked = await claim('pyHanko’s test files are here', async () => {
    for (const file of recordedFiles()) compared.push(await compareRecorded(place, file))
  })
  if (asked.state !== 'passed') return [asked]
  const agreed = compared.filter(({ our, pyhanko }) => agrees(our, pyhanko))
  const say = (found: readonly Compared[]): void => {
    if (found.length > 0)
      throw new Error(
        found.map((one) => `${one.name}: ours ${one.our}, pyHanko ${one.pyhanko}, DSS ${one.dss}`).join('; '),
      )
  }
  return [
    await claim(
      `pyHanko’s ${compared.length} test files: none passes here that pyHanko or EU DSS fails`,
      () => say(compared.filter(isDeceived)),
    ),
    await claim(`pyHanko’s test files: the same verdict on ${agreed.length}, the others are explained`, () =>
      say(compared.filter((one) => unexplained(one, one.name))),
    ),
  ]
}
