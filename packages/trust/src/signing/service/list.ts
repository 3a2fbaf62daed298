import { credentialInfo, isUsable, readWishes, type ServiceCredential } from './credential.ts'
import { invalid, refusals } from './errors.ts'
import type { ServiceCall } from './service.ts'

const mostListed = 1000

/** The user's credentials (§11.4), in pages where v1 asks for them; in v2 with what credentials/info says, when asked. */
export async function credentialsList(call: ServiceCall) {
  const { context, version, user, input } = call
  if (input.has('userID')) throw refusals.userGiven()
  const most = input.optionalInteger('maxResults') ?? mostListed
  if (most < 1) throw invalid('maxResults')
  const start = Number(readPage(input.optionalString('pageToken')))
  const wishes = readWishes(input)
  const withInfo = input.optionalBoolean('credentialInfo') ?? false
  const onlyValid = input.optionalBoolean('onlyValid') ?? false
  const now = context.options.clock()
  const all = await context.options.credentials(user)
  const fitting = onlyValid ? all.filter((each) => isUsable(each, now)) : all
  const page = fitting.slice(start, start + Math.min(most, mostListed))
  const next = start + page.length
  return {
    credentialIDs: page.map(({ id }) => id),
    ...(version === 'v2' && withInfo
      ? {
          credentialInfos: page.map((each) => ({
            credentialID: each.id,
            ...credentialInfo(each, version, wishes, now),
          })),
        }
      : {}),
    ...(version === 'v2' && onlyValid ? { onlyValid } : {}),
    ...(next < fitting.length ? { nextPageToken: String(next) } : {}),
  }
}

function readPage(token = '0'): string {
  if (!/^\d{1,9}$/.test(token)) throw invalid('pageToken')
  return token
}

/** One credential (§11.5). */
export async function credentialsInfo(call: ServiceCall) {
  const credential = await findCredential(call)
  const now = call.context.options.clock()
  return credentialInfo(credential, call.version, readWishes(call.input), now)
}

/** The user's credential that the request names. One of somebody else is as unknown as one that is not there. */
export async function findCredential({
  context,
  caller,
  user,
  input,
}: ServiceCall): Promise<ServiceCredential> {
  const id = input.string('credentialID', 256)
  if (caller.authorized && caller.authorized.credential !== id) throw invalid('credentialID')
  const found = (await context.options.credentials(user)).find((each) => each.id === id)
  if (!found) throw invalid('credentialID')
  return found
}
