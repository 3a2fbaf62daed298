import type { Language, Text } from '@sapan/kernel'
import { checkboxes, notification, plainTime } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import type { DecisionRule } from '../../definition/workflow.ts'
import { type ToldRegister, toldRegisters } from '../../effects/settled.ts'
import type { OpenCase } from './case-page.ts'

const words = {
  title: { th: 'ทะเบียนที่ได้รับแจ้งไปแล้ว', en: 'Registers that were told already' },
  text: {
    th: 'วินิจฉัยเป็นอย่างอื่นไม่ได้ยกเลิกสิ่งที่แจ้งไปแล้ว หากต้องแก้ ให้ประสานหน่วยงานเจ้าของทะเบียน',
    en: 'Deciding otherwise does not undo what they were told. Where it must be corrected, speak to the agency that keeps the register.',
  },
  settled: { th: 'ทะเบียนที่แก้กับหน่วยงานแล้ว', en: 'Registers that were set right' },
  settledHint: {
    th: 'เลือกเฉพาะทะเบียนที่ตรงกับผลพิจารณานี้แล้ว ระบบจะไม่แจ้งอีก',
    en: 'Choose only those that agree with this decision now. They are not told again.',
  },
} as const satisfies Record<string, Text>

/** Before it is decided again: what was told of the case already, with the time; nothing where nothing was. */
export function toldSection(open: OpenCase, language: Language): ComponentChild {
  const told = toldRegisters(open.events)
  const { state } = open.case
  if (told.length === 0 || state === 'carrying-out' || state === 'completed') return null
  const lines = told.map(({ effect, at }) =>
    h('li', null, effectName(open, effect)[language], ' ', plainTime(at, language)),
  )
  return notification({
    kind: 'warning',
    title: words.title[language],
    body: [h('ul', null, ...lines), h('p', null, words.text[language])],
  })
}

/** By which the officer says that a register was set right otherwise. */
export function settledField(
  open: OpenCase,
  rule: DecisionRule,
  { language, form }: { readonly language: Language; readonly form: URLSearchParams | undefined },
): ComponentChild {
  const choices = settleable(open, rule)
  if (choices.length === 0) return null
  return checkboxes({
    name: 'settled',
    label: words.settled[language],
    hint: words.settledHint[language],
    values: form?.getAll('settled') ?? [],
    choices: choices.map(({ effect, at }) => ({
      value: effect,
      text: effectName(open, effect)[language],
      hint: plainTime(at, language),
    })),
  })
}

/** What the officer says is set right, of what can be. */
export function readSettled(open: OpenCase, rule: DecisionRule, form: URLSearchParams): readonly string[] {
  const sent = form.getAll('settled')
  return settleable(open, rule).flatMap(({ effect }) => (sent.includes(effect) ? [effect] : []))
}

/** An appeal tells registers by itself: only what was told of it can stand against what it tells. */
function settleable({ events }: OpenCase, { effects }: DecisionRule): readonly ToldRegister[] {
  return toldRegisters(events).filter(
    ({ effect, isBeforeAppeal }) => !isBeforeAppeal && effects.includes(effect),
  )
}

/** How a register’s change is called; its id where the version has none of it. */
export function effectName({ definition }: Pick<OpenCase, 'definition'>, effect: string): Text {
  return definition.workflow.effects.find(({ id }) => id === effect)?.name ?? { th: effect, en: effect }
}

/** The row of a decision that says what was set right. */
export const settledWords: Text = words.settled
