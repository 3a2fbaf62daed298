import { readFileSync, writeFileSync } from 'node:fs'
import type { Check, Finding } from './check.ts'
import { certificates } from './checks/certificates.ts'
import { descriptions } from './checks/descriptions.ts'
import { exportedEvidence } from './checks/exported-evidence.ts'
import { messageSignatures } from './checks/message-signatures.ts'
import { metaservices } from './checks/metaservices.ts'
import { signedFiles } from './checks/signed-files.ts'
import { timestamps } from './checks/timestamps.ts'
import { transparency } from './checks/transparency.ts'
import { containers } from './documents/containers.ts'
import { signingService } from './documents/csc.ts'
import { disagreementTable } from './documents/disagreements.ts'
import { hostileDocuments } from './documents/hostile-files.ts'
import { documentsOfOthers } from './documents/of-others.ts'
import { tokens } from './documents/pkcs11.ts'
import { revocation } from './documents/revocation.ts'
import { signedDocuments } from './documents/signed.ts'
import { foundationTable, openidFoundation } from './identity/foundation/check.ts'
import { openidClient } from './identity/openid-client.ts'
import { pythonClient } from './identity/python.ts'
import { basicModules } from './identity/suite/basic.ts'
import { fapiModules } from './identity/suite/fapi.ts'
import { tokensOfGateways } from './identity/tokens.ts'

const checks: readonly Check[] = [
  certificates,
  timestamps,
  signedFiles,
  messageSignatures,
  transparency,
  metaservices,
  descriptions,
  exportedEvidence,
  revocation,
  signedDocuments,
  documentsOfOthers,
  hostileDocuments,
  containers,
  signingService,
  tokens,
  openidClient,
  pythonClient,
  basicModules,
  fapiModules,
  openidFoundation,
  tokensOfGateways,
]

/** Runs every check, or those named; prints a table; with `--write` all of them also into RESULTS.md. Ends with 1 where one failed. */
const names = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const results: { check: Check; against: string; findings: readonly Finding[] }[] = []
for (const check of checks) {
  if (names.length > 0 && !names.some((name) => check.name.toLowerCase().includes(name.toLowerCase())))
    continue
  const findings = await check.run()
  results.push({ check, against: await check.against(), findings })
  print(check.name, findings)
}
const all = results.flatMap(({ findings }) => findings)
const count = (state: Finding['state']): number => all.filter((finding) => finding.state === state).length
console.log(`\n${count('passed')} passed, ${count('failed')} failed, ${count('not-run')} not run`)
if (process.argv.includes('--write')) {
  if (names.length === 0) writeFileSync(new URL('../RESULTS.md', import.meta.url), markdown())
  if (names.length === 0) writeDisagreements()
  const table = foundationTable()
  if (table !== undefined) writeFileSync(new URL('../identity/OIDF.md', import.meta.url), table)
}
process.exitCode = count('failed') > 0 ? 1 : 0

function print(name: string, findings: readonly Finding[]): void {
  console.log(`\n${name}`)
  const sign = { passed: '✓', failed: '✗', 'not-run': '–' }
  for (const { claim, state, detail } of findings)
    console.log(
      `  ${sign[state]} ${claim}${detail === undefined ? '' : `\n      ${state === 'not-run' ? 'not run: ' : ''}${detail}`}`,
    )
}

function markdown(): string {
  const parts = results.map(({ check, against, findings }) => {
    const rows = findings.map(
      ({ claim, state, detail = '' }) => `| ${claim} | ${state.replace('-', ' ')} | ${detail} |`,
    )
    return `## ${check.name}\n\nAgainst: ${against}\n\n| claim | result | |\n|---|---|---|\n${rows.join('\n')}\n`
  })
  const summary = `${count('passed')} passed, ${count('failed')} failed, ${count('not-run')} not run.`
  const machine = `Node ${process.versions.node}, ${process.platform} ${process.arch}, ${new Date().toISOString().slice(0, 10)}.`
  return `# Conformance results\n\nWritten by \`npm run conformance -- --write\`. ${summary} ${machine}\n\n${parts.join('\n')}`
}

function writeDisagreements(): void {
  const file = new URL('../documents/README.md', import.meta.url)
  const [before = '', after = ''] = readFileSync(file, 'utf8').split(
    /(?<=<!-- disagreements[^>]*-->\n)[\s\S]*(?=<!-- end -->)/,
  )
  writeFileSync(file, `${before}${disagreementTable()}${after}`)
}
