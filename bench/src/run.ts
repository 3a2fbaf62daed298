import { parseArgs } from 'node:util'
import { type Benchmark, type BenchmarkResult, NotPossibleHere } from './benchmark.ts'
import { connect } from './connect.ts'
import { documents } from './documents.ts'
import { exchange } from './exchange.ts'
import { exchangeScale } from './exchange-scale.ts'
import { identity } from './identity.ts'
import { services } from './services.ts'

const benchmarks: readonly Benchmark[] = [exchange, exchangeScale, connect, documents, identity, services]

const usage = `Usage: npm run bench -- NAME [--json] [--rounds 5] [--seconds 8] [--warm-up 30] [--connections 32,128] [--long]
       exchange: [--only rates,steps]
       exchange-scale: [--only body,start,rows] [--rows 10000000] [--quick]
       connect: [--rounds 3] [--seconds 5] [--quick]
       identity: [--rounds 3] [--seconds 3] [--warm-up 10] [--people 1000000] [--only provider,keycloak,pages,crowd]
       services: [--rounds 3] [--seconds 5] [--warm-up 10] [--only pages,submissions,deadline,scale] [--quick]
                 [--rate 140] [--minutes 10] [--cases 2000000]

${benchmarks.map((benchmark) => `  ${benchmark.name.padEnd(12)}${benchmark.about}`).join('\n')}`

process.exitCode = await main(process.argv.slice(2))

async function main(argv: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      'warm-up': { type: 'string' },
      connections: { type: 'string', default: '32,128' },
      long: { type: 'boolean', default: false },
      people: { type: 'string', default: '1000000' },
      quick: { type: 'boolean', default: false },
      rate: { type: 'string', default: '140' },
      minutes: { type: 'string', default: '10' },
      cases: { type: 'string', default: '2000000' },
      rows: { type: 'string', default: '10000000' },
      only: { type: 'string', default: '' },
      help: { type: 'boolean', default: false },
    },
  })
  const chosen = benchmarks.find((benchmark) => benchmark.name === positionals[0])
  if (values.help || chosen === undefined) {
    console.error(usage)
    return values.help ? 0 : 2
  }
  try {
    const result = await chosen.run({
      rounds: Number(values.rounds ?? chosen.usual?.rounds ?? 5),
      seconds: Number(values.seconds ?? chosen.usual?.seconds ?? 8),
      warmUpSeconds: Number(values['warm-up'] ?? chosen.usual?.warmUpSeconds ?? 30),
      connections: values.connections.split(',').map(Number),
      long: values.long,
      people: Number(values.people),
      quick: values.quick,
      rate: Number(values.rate),
      minutes: Number(values.minutes),
      cases: Number(values.cases),
      rows: Number(values.rows),
      only: values.only.split(',').filter((part) => part !== ''),
      progress: (line) => console.error(line),
    })
    if (values.json) for (const line of conditionLines(result)) console.error(line)
    console.log(values.json ? JSON.stringify(result.metrics, null, 2) : table(result))
    return 0
  } catch (error) {
    if (!(error instanceof NotPossibleHere)) throw error
    console.error(`✗ ${error.message}`)
    return 1
  }
}

function table(result: BenchmarkResult): string {
  const rows = Object.entries(result.metrics).map(([name, { sapan, peer, ratio, unit }]) => [
    name,
    String(sapan),
    String(peer ?? '–'),
    String(ratio ?? '–'),
    unit,
  ])
  const all = [['', 'sapan', result.peer, 'ratio', 'unit'], ...rows]
  const widths = (all[0] ?? []).map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)))
  const lines = all.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
  return [...lines, '', ...conditionLines(result)].join('\n')
}

/** Machine, versions and load, a line each. */
function conditionLines({ conditions }: BenchmarkResult): string[] {
  return Object.entries(conditions).map(([name, value]) => `${name}: ${value}`)
}
