import type { AuthenticationCountry } from '../../src/authenticators/country.ts'

const strangers = {
  device: { count: 2, seconds: 60 },
  address: { count: 4, seconds: 60 },
  overall: { count: 6, seconds: 60 },
}

export const rules: AuthenticationCountry = {
  combinations: [
    { aal: '3', factors: ['passkey-hardware'] },
    { aal: '2.2', factors: ['passkey-device-bound'] },
    { aal: '2.1', factors: ['passkey-synced'] },
    { aal: '2.1', factors: ['password', 'totp'] },
    { aal: '2.1', factors: ['password', 'recovery-code'] },
    { aal: '2.1', factors: ['external:thaid'] },
  ],
  coolingOffHours: { remote: 72, inPerson: 2 },
  reviewDays: 30,
  freshSeconds: 300,
  limits: {
    authenticators: 4,
    freeFailures: { known: 5, unknown: 10, address: 40 },
    firstWaitSeconds: 30,
    longestWaitSeconds: 3600,
    forgetHours: 24,
  },
  doors: {
    start: { device: { count: 10, seconds: 60 }, address: { count: 50, seconds: 60 } },
    open: strangers,
    reproof: strangers,
    letter: strangers,
  },
}
