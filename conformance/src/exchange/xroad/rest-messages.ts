import { type Check, claim, type Finding } from '../../check.ts'
import { bare, calls, passedOn, withHeaders } from './examples.ts'
import { keepsHeaders, makesHeaders, passesWhole } from './expected.ts'
import { languages } from './languages.ts'
import { metadataOf } from './metadata.ts'
import { atPetstore, type XroadPlace } from './place.ts'
import { refusalsOf } from './refusals.ts'
import { Replay } from './replay.ts'

/** The examples of X-Road's Message Protocol for REST, replayed by clients of two languages. */
export const restMessages: Check = {
  name: 'X-Road REST messages',
  against: () => 'the examples of X-Road’s PR-REST 0.9.0, by Python’s http.client and Go’s net/http',
  async run() {
    const findings: Finding[] = []
    const laid = await claim('X-Road’s pet store stands behind a gateway of a running country', () =>
      atPetstore(async (place) => {
        const replays = languages.map((language) => new Replay(language, place))
        for (const replay of replays) findings.push(...(await exchangesOf(replay, place)))
        for (const replay of replays) findings.push(...(await metadataOf(replay, place)))
        await place.store.close()
        for (const replay of replays) findings.push(...(await refusalsOf(replay)))
      }),
    )
    return [laid, ...findings]
  },
}

async function exchangesOf(replay: Replay, { client, service }: XroadPlace): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const example of calls) {
    const text = `${example.name}: request and answer byte for byte, with the hash that the client computes`
    findings.push(
      await replay.claim(text, async () =>
        passesWhole(example, await replay.call(example), { client, service }),
      ),
    )
  }
  findings.push(
    await replay.claim('§4.3: headers reach the provider, and come back, as the document says', async () =>
      keepsHeaders(await replay.call(withHeaders)),
    ),
    await replay.claim('§4.3: X-Road-Id and Accept are made where the client sends none', async () =>
      makesHeaders(await replay.call(bare)),
    ),
  )
  for (const example of passedOn)
    findings.push(
      await replay.claim(`${example.name} passes as it is, without X-Road-Error`, async () =>
        passesWhole(example, await replay.call(example), { client, service }),
      ),
    )
  return findings
}
