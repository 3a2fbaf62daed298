import type { Page } from 'playwright-core'

/** The device of a person: Chromium's virtual authenticator (W3C WebAuthn, 11). It confirms whatever it is asked. */
export interface Device {
  /** How many passkeys it holds. */
  count(): Promise<number>
  /** Puts it away, and takes another one that holds nothing yet; gives what takes the former up again. */
  swap(): Promise<() => Promise<void>>
}

export async function deviceAt(page: Page): Promise<Device> {
  const chromium = await page.context().newCDPSession(page)
  await chromium.send('WebAuthn.enable')
  const take = async () =>
    (await chromium.send('WebAuthn.addVirtualAuthenticator', { options })).authenticatorId
  let authenticatorId = await take()
  return {
    count: async () =>
      (await chromium.send('WebAuthn.getCredentials', { authenticatorId })).credentials.length,
    swap: async () => {
      const { credentials } = await chromium.send('WebAuthn.getCredentials', { authenticatorId })
      const replace = async () => {
        await chromium.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId })
        authenticatorId = await take()
      }
      await replace()
      return async () => {
        await replace()
        for (const credential of credentials)
          await chromium.send('WebAuthn.addCredential', { authenticatorId, credential })
      }
    },
  }
}

const options = {
  protocol: 'ctap2',
  transport: 'internal',
  hasResidentKey: true,
  hasUserVerification: true,
  isUserVerified: true,
  automaticPresenceSimulation: true,
} as const
