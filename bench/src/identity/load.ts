// The load generator, a process of its own: keeps N connections busy with sign-ins, or with one kind of use of tokens, and
// prints the figures as JSON. Whatever does not go through ends it: that would not be the same work.
import { Connection } from './connection.ts'
import { figuresOf } from './figures.ts'
import type { LoadFigures, LoadOrder } from './orders.ts'
import { Passkeys } from './passkey.ts'
import { introspect, refresh, signIn, systemToken, type Tokens, type Worker } from './visit.ts'

const order = JSON.parse(process.argv[2] ?? '') as LoadOrder
console.log(JSON.stringify(await load(order)))
process.exit(0)

async function load({ party, task, connections, seconds, leadSeconds }: LoadOrder): Promise<LoadFigures> {
  const { login, origin } = party
  const passkeys = login.kind === 'passkey' ? new Passkeys(login.key, origin) : undefined
  const workers = Array.from({ length: connections }, () => stepOf(party, task, passkeys))
  const steps = await Promise.all(workers)
  const times: number[] = []
  const start = performance.now() + leadSeconds * 1000
  const end = start + seconds * 1000
  const work = steps.map(async (step) => {
    for (;;) {
      const begun = performance.now()
      if (begun >= end) return
      await step()
      const done = performance.now()
      if (done >= start && done < end) times.push(done - begun)
    }
  })
  await Promise.all(work)
  return figuresOf(times, seconds)
}

/** What a worker does again and again; what it needs for that, it has beforehand. */
async function stepOf(
  party: LoadOrder['party'],
  task: LoadOrder['task'],
  passkeys: Passkeys | undefined,
): Promise<() => Promise<unknown>> {
  const worker: Worker = { party, connection: new Connection(party.origin), ...(passkeys && { passkeys }) }
  if (task === 'sign-in') return () => signIn(worker)
  if (task === 'client credentials') return () => systemToken(worker)
  let tokens: Tokens = await signIn(worker)
  if (task === 'introspect') return () => introspect(worker, tokens)
  return async () => {
    tokens = await refresh(worker, tokens)
  }
}
