import { expect } from 'vitest'
import { codeOf } from './code-app.ts'
import { issuer, type Visit } from './visit.ts'

/** Signs out from the menu under one's name. */
export async function signOut({ page, press }: Visit): Promise<void> {
  await page.click('details.account summary')
  await press('form[action="/sign-out"] button')
}

/** Signs in with the passkey that this browser holds, at the page that waits for it. */
export async function signInByPasskey({ page, press }: Visit): Promise<void> {
  expect(page.url()).toContain(`${issuer}/sign-in/`)
  await press('#passkey button')
}

/** Fills the fields of the form in the content, and sends it. */
export async function fill({ page, press }: Visit, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(values)) await page.fill(`main [name="${name}"]`, value)
  await press('main form button:not([type=button])')
}

/** Says number, code on the back of the card and date of birth, a page each, and has the register asked. */
export async function proveByCard(
  visit: Visit,
  { number, code, born }: { readonly number: string; readonly code: string; readonly born: string },
): Promise<void> {
  const [year = '', month = '', day = ''] = born.split('-')
  await visit.met()
  await fill(visit, { number })
  await visit.met()
  await fill(visit, { code })
  await visit.met()
  await fill(visit, {
    'birth-date-day': day,
    'birth-date-month': month,
    'birth-date-year': String(Number(year) + 543),
  })
  await visit.met()
  await visit.press('form[action="/me/proofing/card/check"] button')
}

/** Adds a code app; gives what shows its code `steps` of half a minute from now. */
export async function addCodeApp(visit: Visit): Promise<(steps: number) => string> {
  await visit.go('/me/security/totp')
  await visit.met()
  const secret = (await visit.page.textContent('main code')) ?? ''
  const code = (steps: number) => codeOf(secret, Date.now() + steps * 30_000)
  await fill(visit, { code: code(0) })
  return code
}

/** From now on this sign-in acts for who has this name, or for oneself again. */
export async function chooseToActFor(visit: Visit, name?: string): Promise<void> {
  await visit.go('/me/mandates/act')
  await visit.met()
  await visit.page.check(name === undefined ? 'main input[value=self]' : `main label:has-text("${name}")`)
  await visit.press('main form button')
  await visit.met('acting for another')
}

/** Acts for a child of theirs, as the register says, by the child's number. */
export async function actForChild(visit: Visit, number: string): Promise<void> {
  await visit.go('/me/mandates/child')
  await visit.met()
  await fill(visit, { child: number })
  await visit.met('a child to act for')
}

/** Opens an account with a passkey of this browser; they are signed in afterwards. */
export async function openAccount(visit: Visit): Promise<void> {
  await visit.go('/me')
  await visit.press('a[href$="/create"]')
  await visit.press('#create button')
  await visit.press('main form button')
  await signInByPasskey(visit)
}
