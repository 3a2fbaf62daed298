import { createLogger, createPool } from '@sapan/kernel'
import { Sealer } from '@sapan/trust'
import { createAccounts } from '../src/account/accounts.ts'
import { createAuthenticators } from '../src/authenticators/authenticators.ts'
import { createDevices } from '../src/authenticators/devices.ts'
import { createCeremonies } from '../src/authenticators/store/ceremonies.ts'
import { createHistory } from '../src/history/history.ts'
import { securityHistory } from '../src/history/kinds.ts'
import { createRecovery } from '../src/recovery/recovery.ts'
import { createOpening } from '../src/sign-in/opening.ts'
import { rules } from './authenticators/rules.ts'
import { testLevels } from './levels.ts'
import { SoftwareAuthenticator } from './software-authenticator.ts'

/** Opens accounts, begins recoveries and completes those of the round before, until it is killed. */
const [url = '', hours = '0'] = process.argv.slice(2)
const origin = 'http://localhost:4400'
const pool = createPool(url)
const base = {
  pool,
  clock: () => Date.UTC(2026, 10, 21) + Number(hours) * 3_600_000,
  log: createLogger({ name: 'test', level: 'silent' }),
  sealer: new Sealer(new Map([[1, Buffer.alloc(32, 7)]]), 1),
  hashKey: Buffer.alloc(32, 9),
  levels: testLevels,
}
const ground = {
  ...base,
  rules,
  relyingParty: { id: 'localhost', name: 'Sapan', origins: [origin] },
  history: createHistory(base, securityHistory),
  notify: async () => {},
  hashCost: { memory: 64, passes: 1, parallelism: 1 },
  ceremonies: createCeremonies(base),
}
const accounts = createAccounts(ground)
const authenticators = createAuthenticators(ground, async () => undefined)
const opening = createOpening(ground, { accounts, authenticators })
const recovery = createRecovery(ground, {
  accounts,
  devices: createDevices(ground),
  revokeSessions: async () => {},
  settle: async () => {},
})

process.stdout.write('ready\n')
for (;;) {
  const { ceremony, options } = await opening.beginPasskey('visit', 'x')
  const response = new SoftwareAuthenticator(origin).create(options)
  const { proof } = await opening.withPasskey('visit', { ceremony, response, name: 'x', language: 'th' })
  process.stdout.write(`opened ${proof.account}\n`)
  const again = await authenticators.beginPasskey({ account: proof.account, label: 'x', bound: 'visit' })
  const answer = {
    ceremony: again.ceremony,
    response: new SoftwareAuthenticator(origin).create(again.options),
  }
  await recovery.begin(
    { account: proof.account, how: 'remote', evidence: 'e' },
    { ...answer, bound: 'visit', name: 'new', keepsFormer: false },
  )
  process.stdout.write(`begun ${proof.account}\n`)
  await recovery.ripen()
}
