import { centerAdmin, gatewayAdmin } from '../clients/home.ts'
import { isRecord, rowsOf } from '../terminal/values.ts'
import { bad, type Check, good, warning } from './check.ts'

/** What a gateway of the home sees of itself: the home's short name for it stands before each. */
export async function checkGateway(home: string, name: string): Promise<Check[]> {
  const admin = await gatewayAdmin(home, name)
  return checksIn(await admin.json('GET', '/v1/checks'), name)
}

/** The same of the home's center. */
export async function checkCenter(home: string): Promise<Check[]> {
  const admin = await centerAdmin(home)
  return checksIn(await admin.json('GET', '/v1/checks'), 'center')
}

/** The doctor looks at the machine itself, also where nothing runs. */
const ofMachine: readonly string[] = ['backup', 'disk', 'key-files']

function checksIn(answer: unknown, of: string): Check[] {
  return rowsOf(answer, 'checks')
    .filter(({ code }) => !ofMachine.includes(String(code)))
    .map((row) => shown(row, of))
}

function shown({ code, outcome, text, next }: Readonly<Record<string, unknown>>, name: string): Check {
  const found = textOf(text)
  if (outcome === 'good') return good(String(code), found, name)
  const look = outcome === 'warning' ? warning : bad
  return look(String(code), found, textOf(next), name)
}

function textOf(value: unknown): { th: string; en: string } {
  const { th, en } = isRecord(value) ? value : {}
  return { th: String(th ?? en), en: String(en ?? th) }
}
