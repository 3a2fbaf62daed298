import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import { type HomeOptions, homeOf } from '../clients/home.ts'
import { databaseUrlOf } from '../config/database-url.ts'
import { checkAnswers, someAnswer } from '../doctor/answers.ts'
import { bad, type Check } from '../doctor/check.ts'
import { checkCenter, checkGateway } from '../doctor/gateway.ts'
import { checkHome, checkPorts, isHeld } from '../doctor/home.ts'
import { checkKeyFiles } from '../doctor/key-files.ts'
import { exit } from '../exit.ts'
import { type Endpoints, readEndpoints } from '../home/endpoints.ts'
import { layoutOf } from '../home/layout.ts'
import { addExample } from '../terminal/example.ts'
import { EndedWith, failureOf } from '../terminal/failure.ts'
import { cross, nextStep, tick } from '../terminal/lines.ts'
import type { Terminal } from '../terminal/terminal.ts'

export function configure(command: Command, terminal: Terminal): void {
  command.action((options: HomeOptions) => examine(terminal, options))
  addExample(command, terminal, 'sapan doctor')
}

async function examine(terminal: Terminal, options: HomeOptions): Promise<void> {
  const home = homeOf(options, terminal)
  const checks = await checksOf(terminal, home)
  const sick = checks.some(({ outcome }) => outcome === 'bad')
  if (options.json) terminal.out(JSON.stringify({ home, healthy: !sick, checks }, null, 2))
  else show(terminal, checks)
  if (sick) throw new EndedWith(exit.refused)
}

async function checksOf(terminal: Terminal, home: string): Promise<Check[]> {
  const checks = await checkHome(home)
  if (checks.some(({ outcome }) => outcome === 'bad')) return checks
  const endpoints = await readEndpoints(home)
  const { centerAdmin, gateways } = endpoints
  checks.push(...(await checkAllKeyFiles(home, endpoints)))
  const administrations = [centerAdmin, ...Object.values(gateways).map(({ admin }) => admin)]
  const runs = (await isHeld(home)) || (await someAnswer(administrations.filter((at) => at !== '')))
  if (!runs) return [...checks, await checkPorts(home), notRunning(home)]
  const look = async (of: string, admin: string, own: () => Promise<Check[]>) => {
    const answers = await checkAnswers(of, admin)
    if (answers.outcome === 'bad') return [answers]
    return [answers, ...(await own().catch(asCheck(terminal, of)))]
  }
  const ofGateways = await Promise.all(
    Object.entries(gateways).map(([code, { admin }]) => look(code, admin, () => checkGateway(home, code))),
  )
  const { identityConfig } = layoutOf(home)
  const ofOperator = existsSync(identityConfig)
    ? await operatorChecks(terminal, identityConfig).catch(asCheck(terminal, 'identity'))
    : []
  const center = centerAdmin === '' ? [] : await look('center', centerAdmin, () => checkCenter(home))
  return [...checks, ...center, ...ofGateways.flat(), ...ofOperator]
}

/** Of the operator with Digital ID, those in its part of the home, where a configuration that cannot be read still leaves them. */
function checkAllKeyFiles(home: string, { centerAdmin, centerKeys, gateways }: Endpoints): Promise<Check[]> {
  const folders = Object.entries(gateways).map(([code, { keys }]): [string, string] => [code, keys])
  const { identity, documents } = layoutOf(home)
  if (existsSync(identity)) folders.push(['identity', identity])
  if (existsSync(documents)) folders.push(['documents', documents])
  if (centerAdmin !== '') folders.unshift(['center', centerKeys])
  return Promise.all(folders.map(([of, folder]) => checkKeyFiles(of, folder)))
}

async function operatorChecks({ env }: Terminal, identityConfig: string): Promise<Check[]> {
  const { checkOperator } = await import('../doctor/operator.ts')
  return await checkOperator(identityConfig, databaseUrlOf(env), Date.now())
}

/** A monitor that asks whether all is well must hear that nothing is being done at all. */
function notRunning(home: string): Check {
  return bad(
    'processes',
    { th: `ไม่มีสิ่งใดทำงานใน ${home}`, en: `nothing runs in ${home}` },
    {
      th: 'เปิดด้วย sapan up, sapan gateway หรือ sapan center',
      en: 'start it with sapan up, sapan gateway or sapan center',
    },
  )
}

function asCheck(terminal: Terminal, of: string): (error: unknown) => Check[] {
  return (error) => {
    const { title, detail = title, next = '' } = failureOf(terminal, error)
    return [bad('look', { th: detail, en: detail }, { th: next, en: next }, of)]
  }
}

function show(terminal: Terminal, checks: readonly Check[]): void {
  const width = Math.max(...checks.map(({ about }) => about.length))
  for (const { about, outcome, text, next } of checks) {
    const line = `${about.padEnd(width)}  ${terminal.say(text)}`
    if (outcome === 'good') terminal.out(tick(terminal, line))
    else terminal.out(outcome === 'bad' ? cross(terminal, line) : `! ${line}`)
    if (next !== undefined) terminal.out(`    ${nextStep(terminal, next)}`)
  }
  const worst = checks.filter(({ outcome }) => outcome !== 'good').length
  terminal.note(
    worst === 0
      ? tick(terminal, terminal.say({ th: 'ทุกอย่างเรียบร้อย', en: 'All is well.' }))
      : terminal.say({ th: `มี ${worst} เรื่องที่ต้องดูแล`, en: `${worst} to look after` }),
  )
}
