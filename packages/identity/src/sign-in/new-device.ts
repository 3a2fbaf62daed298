import type { Language, Text } from '@sapan/kernel'
import { backLink, button, errorSummary, form, type SiteAnswer, type SitePage, textField } from '@sapan/ui'
import { type ComponentChildren, h } from 'preact'
import type { SignIn } from '../provider/interactions.ts'
import { deviceCookie, spokenProblem } from './arrive.ts'
import { codeVisitOf, letterCodeField, lettersOf } from './letters.ts'
import type { SignInOptions, SignInRequest } from './options.ts'
import { words as common } from './words.ts'

/** A new device that has to wait because others guess: its owner shows by e-mail that it is theirs. */
export function newDevicePage({ language, formKey }: SignInRequest, signIn: SignIn): SitePage {
  const body = [
    h('h1', null, words.title[language]),
    h('p', null, words.why[language]),
    form(
      { action: `/sign-in/${signIn.uid}/device`, formKey },
      textField({ name: 'name', label: common.name[language], autocomplete: 'username', longest: 254 }),
      button({ text: words.send[language] }),
    ),
  ]
  return page(language, signIn, 'password', undefined, body)
}

/** It goes on whatever was entered: whether somebody has the name is not told. */
export function takeNewDevice(options: SignInOptions, request: SignInRequest, signIn: SignIn): SiteAnswer {
  const { codes } = lettersOf(options)
  const check = codes.askDevice(codeVisitOf(options, request, signIn), request.form.get('name') ?? '')
  return { kind: 'redirect', to: `/sign-in/${signIn.uid}/device/${check}` }
}

export function deviceCodePage(
  { language, formKey, parameters }: SignInRequest,
  signIn: SignIn,
  wrong?: string,
): SitePage {
  const action = `/sign-in/${signIn.uid}/device/${encodeURIComponent(parameters.check ?? '')}`
  const body = [
    form({ action, formKey }, letterCodeField(language, wrong), button({ text: words.confirm[language] })),
    h('p', { class: 'quiet' }, words.noLetter[language]),
  ]
  return page(language, signIn, 'device', wrong, body)
}

/** The device is known from now on, and asks for the password without the others' wait. */
export async function takeDeviceCode(
  options: SignInOptions,
  request: SignInRequest,
  signIn: SignIn,
): Promise<SiteAnswer> {
  const { codes } = lettersOf(options)
  const answer = { check: request.parameters.check ?? '', code: request.form.get('code') ?? '' }
  try {
    const token = await codes.confirmDevice(codeVisitOf(options, request, signIn), answer)
    const cookies = [deviceCookie(options, token)]
    return { kind: 'redirect', to: `/sign-in/${signIn.uid}/password`, cookies }
  } catch (error) {
    return deviceCodePage(request, signIn, spokenProblem(error, request.language))
  }
}

function page(
  language: Language,
  { uid, client }: SignIn,
  back: string,
  wrong: string | undefined,
  body: ComponentChildren,
): SitePage {
  return {
    kind: 'page',
    title: words.title[language],
    status: wrong === undefined ? 200 : 422,
    formTargets: [client.origin],
    body: h(
      'div',
      { class: 'column' },
      backLink(`/sign-in/${uid}/${back}`, language),
      errorSummary(wrong === undefined ? [] : [{ field: 'code', text: wrong }], language),
      body,
    ),
  }
}

const words = {
  title: { th: 'ยืนยันอุปกรณ์นี้ทางอีเมล', en: 'Confirm this device by e-mail' },
  why: {
    th: 'เมื่อมีผู้เดารหัสผ่านของคุณ อุปกรณ์ที่ไม่เคยใช้ต้องรอ ยืนยันทางอีเมลว่าอุปกรณ์นี้เป็นของคุณ แล้วเข้าสู่ระบบได้โดยไม่ต้องรอ',
    en: 'While somebody guesses at your password, devices that you never used have to wait. Show by e-mail that this one is yours, and sign in without the wait.',
  },
  send: { th: 'ส่งรหัสไปที่อีเมลของบัญชี', en: 'Send a code to the account’s e-mail address' },
  confirm: { th: 'ยืนยันอุปกรณ์', en: 'Confirm the device' },
  noLetter: {
    th: 'เราส่งอีเมลเฉพาะเมื่อมีบัญชีนี้และบัญชีมีอีเมลที่ยืนยันแล้ว หากไม่มี รอตามเวลาที่แจ้ง ใช้พาสคีย์ หรือกู้คืนบัญชี',
    en: 'A letter goes out only if there is such an account and it has a confirmed address. If not, wait as long as it said, use a passkey, or recover the account.',
  },
} as const satisfies Record<string, Text>
