import { Batching, Problem, uuidv7 } from '@sapan/kernel'
import type { IdentityGround } from '../ground.ts'
import { accountProblems } from '../problems/account.ts'
import { isUniqueViolation } from '../store/unique.ts'
import type { Account, Accounts, OwnIdentifier, Profile } from './account.ts'
import { type Identifier, normalIdentifier } from './identifier.ts'
import {
  type AccountStore,
  findAccounts,
  findProved,
  insertAccount,
  isAccountId,
  lockAccount,
  updateAccount,
} from './store/accounts.ts'
import { deleteIdentifier, insertSaid, listIdentifiers, upsertProved } from './store/identifiers.ts'
import { readProfiles, writeProfile } from './store/profiles.ts'

/** The accounts of a country, in its schema `identity`. */
export function createAccounts(
  ground: Pick<IdentityGround, 'pool' | 'clock' | 'sealer' | 'hashKey' | 'levels'>,
): Accounts {
  const { pool, clock, sealer, levels, hashKey } = ground
  const store: AccountStore = { sealer, hashKey }
  const found = new Batching<string, Account | undefined>({
    answer: (ids) => findAccounts(pool, store, ids),
  })
  const profiles = new Batching<string, Profile | undefined>({
    answer: (ids) => readProfiles(pool, store, ids),
  })
  const identifiers = new Batching<string, readonly OwnIdentifier[]>({
    answer: (ids) => listIdentifiers(pool, store, ids),
  })
  return {
    create: async (client, { language, id }) => {
      const now = clock()
      const account = { id: id ?? uuidv7(now), language, ial: levels.lowest.ial, createdAt: now }
      await insertAccount(client, account)
      return { ...account, state: 'open', name: { th: '', en: '' } }
    },
    find: async (id) => (isAccountId(id) ? found.ask(id) : undefined),
    findByIdentifier: async (scheme, value) => {
      const identifier = identifierOf({ scheme, value })
      return identifier && findProved(pool, store, identifier)
    },
    prove: async (client, accountId, identifier) => {
      const normal = normalIdentifier(identifier)
      const holder = await findProved(client, store, normal)
      if (holder !== undefined && holder.id !== accountId) throw taken()
      await upsertProved(client, store, accountId, normal, clock()).catch((error: unknown) => {
        // Another was faster.
        throw isUniqueViolation(error) ? taken() : error
      })
    },
    say: async (client, accountId, identifier) => {
      await insertSaid(client, store, accountId, normalIdentifier(identifier), clock())
    },
    forget: (client, accountId, scheme) => deleteIdentifier(client, accountId, scheme),
    identifiersOf: (id) => identifiers.ask(id),
    profileOf: (id) => profiles.ask(id),
    saveProfile: (client, id, profile) => writeProfile(client, store, id, profile),
    raiseIal: async (client, id, ial) => {
      const has = known(await lockAccount(client, id))
      const higher = levels.higher('ial', ial, has.ial)
      if (levels.term('ial', ial) === undefined) throw new RangeError(`${ial} is no level of the country`)
      if (higher !== has.ial) await updateAccount(client, id, { ial: higher }, clock())
    },
    speak: (client, id, language) => updateAccount(client, id, { language }, clock()),
    setState: async (client, id, state) => {
      known(await lockAccount(client, id))
      await updateAccount(client, id, { state }, clock())
    },
  }
}

function identifierOf(identifier: Identifier): Identifier | undefined {
  try {
    return normalIdentifier(identifier)
  } catch {
    return undefined
  }
}

function known<T>(account: T | undefined): T {
  if (account === undefined) throw new Problem(accountProblems['account-not-found'])
  return account
}

function taken(): Problem {
  return new Problem(accountProblems['identifier-taken'])
}
