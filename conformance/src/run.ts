import { readFileSync, writeFileSync } from 'node:fs'
import { archiveStores } from './archive/s3-stores.ts'
import type { Check, Finding } from './check.ts'
import { certificates } from './checks/certificates.ts'
import { descriptions } from './checks/descriptions.ts'
import { exportedEvidence } from './checks/exported-evidence.ts'
import { messageSignatures } from './checks/message-signatures.ts'
import { metaservices } from './checks/metaservices.ts'
import { signedFiles } from './checks/signed-files.ts'
import { timestamps } from './checks/timestamps.ts'
import { transparency } from './checks/transparency.ts'
import { tablesOfMariadb } from './connect/mariadb.ts'
import { operationsOfSpyne } from './connect/soap.ts'
import { tablesOfBabelfish } from './connect/sqlserver.ts'
import { workbooksOfOthers } from './connect/workbooks.ts'
import { deployFiles } from './deploy/linters.ts'
import { containers } from './documents/containers.ts'
import { signingService } from './documents/csc.ts'
import { disagreementTable } from './documents/disagreements.ts'
import { hostileDocuments } from './documents/hostile-files.ts'
import { documentsOfOthers } from './documents/of-others.ts'
import { tokens } from './documents/pkcs11.ts'
import { revocation } from './documents/revocation.ts'
import { signedDocuments } from './documents/signed.ts'
import { attachments } from './exchange/attachments/uploads.ts'
import { firstCall } from './exchange/first-call.ts'
import { madeUpRequests } from './exchange/openapi/made-up-requests.ts'
import { tlsProfile } from './exchange/tls/profile.ts'
import { restMessages } from './exchange/xroad/rest-messages.ts'
import { foundationTable, openidFoundation } from './identity/foundation/check.ts'
import { openidClient } from './identity/openid-client.ts'
import { pythonClient } from './identity/python.ts'
import { basicModules } from './identity/suite/basic.ts'
import { fapiModules } from './identity/suite/fapi.ts'
import { tokensOfGateways } from './identity/tokens.ts'
import { catalogueAsLinkedData } from './services/cpsv.ts'
import { paymentCode } from './services/payment.ts'
import { resultsOfServices } from './services/results.ts'
import { describedApi } from './services/schemathesis.ts'

const checks: readonly Check[] = [
  certificates,
  timestamps,
  signedFiles,
  messageSignatures,
  transparency,
  metaservices,
  restMessages,
  attachments,
  tlsProfile,
  madeUpRequests,
  firstCall,
  tablesOfMariadb,
  tablesOfBabelfish,
  operationsOfSpyne,
  workbooksOfOthers,
  deployFiles,
  descriptions,
  exportedEvidence,
  archiveStores,
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
  catalogueAsLinkedData,
  describedApi,
  paymentCode,
  resultsOfServices,
]

/** Runs every check, or those named; prints a table; with `--write` also into RESULTS.md. Ends with 1 where one failed. */
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
  const file = new URL('../RESULTS.md', import.meta.url)
  writeFileSync(file, withResults(names.length === 0 ? '' : readFileSync(file, 'utf8')))
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

/** The results, those of checks that did not run now as they stand. */
function withResults(before: string): string {
  const old = before.split(/^(?=## )/m).slice(1)
  const parts = new Map(old.map((part) => [nameOf(part), part.trimEnd()]))
  for (const { check, against, findings } of results) {
    const rows = findings.map(
      ({ claim, state, detail = '' }) => `| ${claim} | ${state.replace('-', ' ')} | ${detail} |`,
    )
    const part = `## ${check.name}\n\nAgainst: ${against}\n\n| claim | result | |\n|---|---|---|\n${rows.join('\n')}`
    parts.set(check.name, part)
  }
  const text = checks.flatMap(({ name }) => parts.get(name) ?? []).join('\n\n')
  const told = (state: string) => [...text.matchAll(new RegExp(`^\\|.*\\| ${state} \\|`, 'gm'))].length
  const summary = `${told('passed')} passed, ${told('failed')} failed, ${told('not run')} not run.`
  const machine = `Node ${process.versions.node}, ${process.platform} ${process.arch}, ${new Date().toISOString().slice(0, 10)}.`
  return `# Conformance results\n\nWritten by \`npm run conformance -- --write\`. ${summary} ${machine}\n\n${text}\n`
}

function nameOf(part: string): string {
  return /^## (.+)$/m.exec(part)?.[1] ?? ''
}

function writeDisagreements(): void {
  const file = new URL('../documents/README.md', import.meta.url)
  const [before = '', after = ''] = readFileSync(file, 'utf8').split(
    /(?<=<!-- disagreements[^>]*-->\n)[\s\S]*(?=<!-- end -->)/,
  )
  writeFileSync(file, `${before}${disagreementTable()}${after}`)
}
