import { describe, expect, it } from 'vitest'
import type { ServiceDefinition } from '../../src/definition/definition.ts'
import { cel, definitionOf, field, page, text } from '../form/made.ts'
import { sampleDefinition } from '../sample/definition.ts'
import { type FormSite, formSite, mali, noi, somchai } from './form-site.ts'

const boat = page('boat', [
  field('text', { id: 'boatName', label: text('Name of the boat'), required: true }),
  field('money', { id: 'price', label: text('Price'), required: true, limits: { max: 100_000_00 } }),
  field('yes-no', { id: 'hasMotor', label: text('Has it a motor?'), required: true }),
  field('whole', { id: 'power', label: text('Power'), required: true, when: cel('answers.hasMotor') }),
])
const crew = page('crew', [field('text', { id: 'sailor', label: text('Sailor'), required: true })], {
  title: text('Crew'),
  repeat: { min: 0, max: 3, one: text('sailor'), titleField: 'sailor' },
})
const proof = page('proof', [
  field('text', { id: 'maker', label: text('Maker'), required: true }),
  field('file', {
    id: 'plan',
    label: text('Plan'),
    required: true,
    limits: { max: 10_000, accepts: ['application/pdf'] },
  }),
])

const boats = (
  over: Parameters<typeof definitionOf>[1] = {},
  pages = [boat, crew, proof],
): ServiceDefinition =>
  definitionOf(pages, {
    applicant: { as: ['self', 'company'], scope: 'apply' },
    calculated: [
      {
        id: 'tax',
        label: text('Tax'),
        type: 'money',
        value: cel('percent(answers.price, 700)'),
        isShown: true,
      },
    ],
    ...over,
  })

const right = { boatName: 'Red Swan', price: '1,234.50 บาท', hasMotor: 'no' }
const plan = new File(['%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n'], 'แบบ.pdf')

/** Begins a draft; the browser stands at its task list. */
async function begun(site: FormSite, who = site.browser()) {
  await who.open('/services/boat-licence/apply')
  await who.send()
  return { who, base: who.page.path }
}

describe('a service for those who act for a company', () => {
  it('refuses who acts for nobody with a link to where one chooses', async () => {
    await using site = await formSite([boats({ applicant: { as: ['company'], scope: 'apply' } })])
    const who = site.browser()
    await who.open('/services/boat-licence/apply?lang=en')
    expect(who.page.html).toContain('href="/me/mandates/act?next=%2Fservices%2Fboat-licence%2Fapply"')
    await who.open('/services/boat-licence/begin')
    expect(who.page.text).toContain('This service is used on behalf of somebody else')
    expect(who.page.html).toMatch(/<a [^>]*href="\/me\/mandates\/act"[^>]*>Choose for whom you act<\/a>/)
  })
})

describe('filling in a form without scripts', () => {
  it('goes from page to page, is checked, and shows what comes of it', async () => {
    await using site = await formSite([boats()])
    const { who, base } = await begun(site)
    expect(who.page.text).toContain('ยังไม่เริ่ม')
    await who.open(`${base}/pages/boat?lang=en`)
    await who.send(right)
    expect(who.page.path).toBe(`${base}/pages/crew`)
    await who.open(`${base}/pages/crew/new`)
    await who.send({ sailor: 'Nok' })
    expect(who.page.text).toContain('Nok')
    await who.send()
    expect(who.page.path).toBe(`${base}/pages/proof`)
    await who.send({ maker: 'Somsak', plan })
    expect(who.page.path).toBe(`${base}/review`)
    expect(who.page.text).toContain('1,234.50 baht')
    expect(who.page.text).toContain('86.41 baht')
    expect(who.page.html).toContain(`action="${base}/submit"`)
    await who.open(`${base}/pages/boat?from=review`)
    await who.send({ boatName: 'Blue Swan' })
    expect(who.page.path).toBe(`${base}/review`)
    expect(who.page.text).toContain('Blue Swan')
  })

  it('shows again what was typed with what is wrong with it, and keeps what is right', async () => {
    await using site = await formSite([boats()])
    const { who, base } = await begun(site)
    await who.open(`${base}/pages/boat?lang=en`)
    const wrong = await who.send({ boatName: 'Red\u202ESwan', price: '1,23', hasMotor: 'yes' })
    expect(wrong.status).toBe(422)
    expect(wrong.html).toContain('value="1,23"')
    expect(wrong.html).toContain('value="Red\u202ESwan"')
    expect(wrong.text).toContain('Price: A comma is in the wrong place')
    expect(wrong.html).toContain('href="#price"')
    // What the answer brought up was not asked before: it is asked now.
    expect(wrong.html).toContain('name="power"')
    expect(wrong.text).not.toContain('Power: This is missing')
    expect((await who.send({ boatName: 'Swan', price: '1,230' })).text).toContain('Power: This is missing')
    await who.open(`${base}/pages/boat`)
    expect(who.page.html).toMatch(/value="yes" checked/)
  })

  it('refuses what came twice, and takes nothing that was not asked', async () => {
    await using site = await formSite([boats()])
    const { who, base } = await begun(site)
    await who.open(`${base}/pages/boat?lang=en`)
    const twice = await who.send({
      ...right,
      price: ['1', '2'],
      __proto__: 'x',
      constructor: 'x',
      applicant: 'x',
    } as never)
    expect(twice.text).toContain('This came twice')
    await who.open(`${base}/pages/boat`)
    await who.send(right)
    expect(who.page.path).toBe(`${base}/pages/crew`)
  })

  it('is saved for later with what is there, and carried on from another device', async () => {
    await using site = await formSite([boats()])
    const { who, base } = await begun(site)
    await who.open(`${base}/pages/boat`)
    await who.send({ boatName: 'Red Swan', price: 'สองพัน', after: 'later' })
    expect(who.page.path).toBe(base)
    const phone = site.browser()
    await phone.open('/services/boat-licence/apply')
    expect(phone.page.text).toContain('ทำต่อ')
    await phone.open(`${base}/pages/boat`)
    expect(phone.page.html).toContain('value="Red Swan"')
  })
})

describe('two windows, back and twice', () => {
  it('the later one sees what changed and both inputs, and can save its own', async () => {
    await using site = await formSite([boats()])
    const { who: first, base } = await begun(site)
    const second = site.browser()
    await first.open(`${base}/pages/boat?lang=en`)
    await second.open(`${base}/pages/boat?lang=en`)
    await first.send(right)
    const conflict = await second.send({ ...right, boatName: 'White Heron' })
    expect(conflict.status).toBe(409)
    expect(conflict.text).toContain('changed elsewhere')
    expect(conflict.text).toMatch(/Name of the boat Red Swan White Heron/)
    expect(conflict.html).toContain('value="White Heron"')
    expect(conflict.text).not.toContain('Price 1,234')
    await second.send({})
    await first.open(`${base}/pages/boat`)
    expect(first.page.html).toContain('value="White Heron"')
  })

  it('another page being changed elsewhere is no conflict', async () => {
    await using site = await formSite([boats()])
    const { who: first, base } = await begun(site)
    const second = site.browser()
    await first.open(`${base}/pages/boat`)
    await second.open(`${base}/pages/crew/new`)
    await first.send(right)
    await second.send({ sailor: 'Nok' })
    expect(second.page.status).toBe(200)
    await second.open(`${base}/pages/boat`)
    expect(second.page.html).toContain('value="Red Swan"')
  })

  it('a new entry that is kept though it is not whole has an address of its own, so that a reload makes no second', async () => {
    const cabins = page('cabins', [
      field('text', { id: 'cabin', label: text('Cabin'), required: true }),
      field('whole', { id: 'berths', label: text('Berths'), required: true }),
      field('file', { id: 'sketch', label: text('Sketch'), limits: { max: 10_000 } }),
      field('yes-no', { id: 'hasDoor', label: text('Has it a door?'), required: true }),
      field('text', { id: 'lock', label: text('Lock'), required: true, when: cel('item.hasDoor') }),
    ])
    const repeat = { min: 0, max: 3, one: text('cabin'), titleField: 'cabin' }
    await using site = await formSite([boats({}, [{ ...cabins, repeat }])])
    const { who, base } = await begun(site)
    const shown = await who.open(`${base}/pages/cabins/new?lang=en`)
    const typed = { cabin: 'Bow', berths: 'four', hasDoor: 'yes' }
    for (const sent of [typed, { ...typed, sketch: plan }]) {
      const { status, path, html } = await who.send(sent, { page: shown })
      expect([status, path]).toEqual([422, `${base}/pages/cabins/1?added=wrong`])
      expect(html).toContain('value="four"')
      await who.open(`${base}/pages/cabins/1/remove`)
      await who.send()
    }
    await who.send(typed, { page: shown })
    expect((await who.open(who.page.path)).html).toContain('value="Bow"')
    expect((await who.send({ berths: '4' })).text).toContain('Lock')
    await who.send({ lock: 'brass' })
    expect(who.page.path).toBe(`${base}/pages/cabins`)
    await who.open(`${base}/pages/cabins/new`)
    const asks = await who.send({ cabin: 'Stern', berths: '2', hasDoor: 'yes' })
    expect([asks.status, asks.path]).toEqual([200, `${base}/pages/cabins/2?added=asks`])
    expect(asks.text).toContain('Lock')
    await who.send({ lock: 'iron' })
    expect(who.page.text).toMatch(/Bow[\s\S]*Stern/)
    expect(who.page.text.match(/Bow|Stern/g)).toHaveLength(2)
  })

  it('a page that is sent twice counts once', async () => {
    await using site = await formSite([boats()])
    const { who, base } = await begun(site)
    const shown = await who.open(`${base}/pages/crew/new`)
    await Promise.all([1, 2, 3].map(() => site.browser().open(base)))
    await who.send({ sailor: 'Nok' }, { page: shown })
    await who.send({ sailor: 'Nok' }, { page: shown })
    expect(who.page.text.match(/Nok/g)).toHaveLength(1)
    const form = await who.open(`${base}/pages/boat`)
    await who.send(right, { page: form })
    await who.send(right, { page: form })
    expect(who.page.path).toBe(`${base}/pages/crew`)
  })

  it('an entry that was removed elsewhere is not lost, and removing twice removes one', async () => {
    await using site = await formSite([boats()])
    const { who, base } = await begun(site)
    for (const sailor of ['Nok', 'Plaa']) {
      await who.open(`${base}/pages/crew/new`)
      await who.send({ sailor })
    }
    const editing = await who.open(`${base}/pages/crew/1?lang=en`)
    const removing = await who.open(`${base}/pages/crew/1/remove`)
    await who.send({}, { page: removing })
    await who.send({}, { page: removing })
    expect(who.page.text).toContain('Plaa')
    expect(who.page.text).not.toContain('Nok')
    const kept = await who.send({ sailor: 'Nokkaew' }, { page: editing })
    expect(kept.status).toBe(409)
    expect(kept.html).toContain('value="Nokkaew"')
  })

  it('a form that is begun twice begins one', async () => {
    await using site = await formSite([boats()])
    const who = site.browser()
    const start = await who.open('/services/boat-licence/apply')
    await who.send({}, { page: start })
    await who.send({}, { page: start })
    await who.open('/services/boat-licence/apply')
    expect(who.page.html.match(/\/remove"/g)).toHaveLength(1)
  })
})

describe('a copy of an earlier application', () => {
  it('says so on its task list, and what differs before it is handed in', async () => {
    await using site = await formSite([boats()])
    const { who, base } = await begun(site)
    await who.open(`${base}/pages/boat`)
    await who.send(right)
    const { drafts } = site.store
    const owner = { account: mali }
    const { content } = await drafts.find(owner, base.split('/').at(-1) ?? '')
    const copied = {
      number: 'XX-2569-000007',
      answers: { boatName: 'Blue <b>Swan</b>', price: 100, hasMotor: false },
    }
    const draft = await drafts.create(owner, { service: 'boat-licence', version: 1, content, copied })
    const at = `/services/boat-licence/drafts/${draft.id}`
    expect((await who.open(`${at}?lang=en`)).text).toContain('Begun with the answers of XX-2569-000007')
    await who.open(`${at}/pages/boat`)
    await who.send({ ...right, price: '1.00' })
    const { text, html } = await who.open(`${at}/review`)
    expect(text).toContain('Different from it: 1')
    expect(html).toContain('Blue &lt;b>Swan&lt;/b>')
  })
})

describe('starting', () => {
  it('leads who is not signed in yet straight to the form once they are, and begins one however often', async () => {
    await using site = await formSite([boats()])
    const stranger = site.browser('nobody')
    await stranger.open('/services/boat-licence/apply')
    const link = /href="(\/services\/boat-licence\/begin)"/.exec(stranger.page.html)?.[1] ?? ''
    const answer = await fetch(`${site.origin}${link}`, { redirect: 'manual' })
    expect(answer.headers.get('location')).toBe('/sign-in')
    const who = site.browser()
    await who.open(link)
    const first = who.page.path
    expect(first).toMatch(/\/drafts\/[0-9a-f-]{36}$/)
    expect((await who.open(link)).path).toBe(first)
    await who.open(`${first}/pages/boat`)
    await who.send(right)
    expect((await who.open(link)).path).toBe('/services/boat-licence/apply')
    expect(who.page.text).toContain('ทำต่อ')
  })

  it('leads who has proved too little the same way', async () => {
    await using site = await formSite([boats({ level: { ial: '2.3', aal: '2.1' } })])
    const who = site.browser()
    await who.open('/services/boat-licence/apply?lang=en')
    expect(who.page.html).toContain('href="/services/boat-licence/begin"')
    expect(who.page.text).toContain('needs more proof')
  })
})

describe('what is wrong with an answer', () => {
  it('stands behind the name of its field, and a question keeps its own mark', async () => {
    await using site = await formSite([boats({}, [boat])])
    const { who, base } = await begun(site)
    await who.open(`${base}/pages/boat?lang=en`)
    const unsent = await who.send({})
    const unfinished = await who.open(`${base}/review`)
    for (const { text } of [unsent, unfinished]) {
      expect(text).toContain('Has it a motor? Choose')
      expect(text).toContain('Name of the boat: ')
      expect(text).not.toContain('?:')
    }
  })
})

describe('check-your-answers of a service with a fee', () => {
  const shown = async (amount: string) => {
    const fee = { amount: cel(amount), when: 'with-submission', about: text('By the price') } as const
    await using site = await formSite([boats({ fee }, [boat])])
    const { who, base } = await begun(site)
    await who.open(`${base}/pages/boat?lang=en`)
    await who.send(right)
    return (await who.open(`${base}/review`)).text
  }

  it('says it once where it is calculated and shown, with when it is paid', async () => {
    for (const amount of ['calc.tax', 'percent(answers.price, 700)']) {
      const said = await shown(amount)
      expect(said.split('86.41')).toHaveLength(2)
      expect(said).toContain('86.41 baht (to be paid after handing in)')
    }
  })

  it('says it beside what is calculated where it is another amount', async () => {
    const said = await shown('calc.tax + 100')
    expect(said).toContain('86.41')
    expect(said).toContain('87.41 baht (to be paid after handing in)')
  })
})

describe('check-your-answers that was sent without the declaration', () => {
  it('says so first and at its box, with all answers still there', async () => {
    await using site = await formSite([boats({}, [boat])])
    const { who, base } = await begun(site)
    await who.open(`${base}/pages/boat?lang=en`)
    await who.send(right)
    const page = await who.open(`${base}/review?unticked=declared&lang=en`)
    expect(page.text.split('Declare that it is true before you hand it in')).toHaveLength(3)
    expect(page.html).toContain('href="#declared"')
    expect(page.html).toContain('aria-describedby="declared-error"')
    expect(page.text).toContain('Red Swan')
  })
})

describe('what is shown of an answer beside it', () => {
  it('is the place of a code, which nobody reads from its digits', async () => {
    const born = page('born', [field('text', { id: 'born', label: text('Born in'), code: 'subdistrict' })])
    await using site = await formSite([boats({}, [boat, born])])
    const { who, base } = await begun(site)
    await who.open(`${base}/pages/born?lang=en`)
    await who.send({ born: '100203' })
    expect((await who.open(`${base}/pages/born?lang=en`)).text).toContain('Suan Chitlada, Dusit, Bangkok')
  })

  it('of a list that is not whole: in which entry what is missing', async () => {
    const asked = [...crew.fields, field('text', { id: 'licence', label: text('Licence'), required: true })]
    await using site = await formSite([boats({}, [boat, { ...crew, fields: asked }])])
    const { who, base } = await begun(site)
    await who.open(`${base}/pages/crew/new?lang=en`)
    await who.send({ sailor: 'Nok', after: 'later' })
    const list = await who.open(`${base}/pages/crew`)
    const wrong = await who.send({}, { page: list })
    expect(wrong.status).toBe(422)
    expect(wrong.text).toContain('Nok: Licence: ')
  })
})

describe('files', () => {
  it('are kept though another answer is wrong, saved by their owner alone, and taken away', async () => {
    await using site = await formSite([boats()])
    const { who, base } = await begun(site)
    await who.open(`${base}/pages/proof?lang=en`)
    const wrong = await who.send({ maker: '', plan })
    expect(wrong.status).toBe(422)
    expect(wrong.text).toContain('แบบ.pdf')
    const at = /href="([^"]*\/files\/[^"]*)"/.exec(wrong.html)?.[1] ?? ''
    const answer = await fetch(`${site.origin}${at}`, {
      headers: { cookie: `who=${(await import('./form-site.ts')).mali}` },
    })
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment/)
    expect(answer.headers.get('content-security-policy')).toContain('sandbox')
    expect((await site.browser(somchai).open(at)).status).toBe(404)
    await who.send({ maker: 'Somsak' }, { page: wrong })
    expect(who.page.status).toBe(200)
    await who.open(`${base}/pages/proof`)
    const removed = await who.send({ 'remove-file': 'plan', maker: 'Somsak' })
    expect(removed.text).not.toContain('แบบ.pdf')
    expect((await who.open(at)).status).toBe(404)
  })

  it('that would harm are refused with words', async () => {
    await using site = await formSite([boats()])
    const { who, base } = await begun(site)
    await who.open(`${base}/pages/proof?lang=en`)
    const script = new File(['%PDF-1.7\n1 0 obj\n<</S/JavaScript>>\nendobj\n%%EOF\n'], 'a.pdf')
    expect((await who.send({ maker: 'x', plan: script })).text).toContain('scripts or actions')
    await who.open(`${base}/pages/proof`)
    const large = new File(['%PDF-1.7', 'x'.repeat(20_000)], 'a.pdf')
    expect((await who.send({ maker: 'kept', plan: large })).text).toContain('at most 10 kB')
    expect(who.page.html).toContain('value="kept"')
  })
})

describe('whose a draft is', () => {
  it('another’s is not there, on any of its addresses', async () => {
    await using site = await formSite([boats()])
    const { base } = await begun(site)
    const other = site.browser(somchai)
    for (const path of ['', '/pages/boat', '/pages/crew/1', '/review', '/files/x', '/pages/crew/1/remove'])
      expect((await other.open(`${base}${path}`)).status, path).toBe(404)
    expect(site.store.lines.join()).toContain('a draft of somebody else was asked for')
  })

  it('for a company, another director carries on; who may not act in this does not', async () => {
    await using site = await formSite([boats()])
    const { who, base } = await begun(site, site.browser(undefined, true))
    expect(who.page.text).toContain('เรือทอง')
    const other = site.browser(somchai, true)
    expect((await other.open(base)).status).toBe(200)
    expect((await site.browser().open(base)).status).toBe(404)
    expect((await site.browser(noi, true).open(base)).status).toBe(403)
  })

  it('a removed draft is restored from the start page', async () => {
    await using site = await formSite([boats()])
    const { who, base } = await begun(site)
    await who.send({}, { action: '/remove' })
    expect(who.page.text).toContain('ที่ลบไปแล้ว')
    await who.send({}, { action: '/restore' })
    expect(who.page.path).toBe(base)
  })
})

describe('a newer version in the middle', () => {
  const newer = (over: Parameters<typeof definitionOf>[1] = {}) => {
    const colour = field('text', { id: 'colour', label: text('Colour'), required: true })
    const more = { ...boat, fields: [...boat.fields.slice(0, 2), colour] }
    return definitionOf([more, crew], { applicant: { as: ['self'] }, version: 2, ...over })
  }

  it('takes over what fits, and says what is asked anew', async () => {
    await using site = await formSite([boats()])
    const { who, base } = await begun(site)
    await who.open(`${base}/pages/boat?lang=en`)
    await who.send(right)
    site.setDefinitions([boats(), newer()])
    await who.open(base)
    expect(who.page.text).toContain('There is a new version of this form')
    expect(who.page.text).toContain('Colour')
    expect(who.page.text).not.toMatch(/asked anew:[^.]*Price/)
    await who.open(`${base}/pages/boat`)
    expect(who.page.html).toContain('value="1,234.50"')
    await who.send({ colour: 'red' })
    await who.open(base)
    expect(who.page.text).not.toContain('new version')
  })

  it('is left alone while the older one is still accepted', async () => {
    await using site = await formSite([boats()])
    const { who, base } = await begun(site)
    site.setDefinitions([boats(), newer({ acceptsSince: 1 })])
    await who.open(`${base}/pages/boat?lang=en`)
    expect(who.page.text).not.toContain('Colour')
  })
})

it('an address is chosen step by step without scripts, and nothing typed is lost on the way', async () => {
  const home = page('home', [
    field('text', { id: 'note', label: text('Note') }),
    field('address', { id: 'at', label: text('Address'), required: true }),
  ])
  await using site = await formSite([definitionOf([home])])
  const { who, base } = await begun(site)
  await who.open(`${base}/pages/home?lang=en`)
  await who.send({ note: 'by the river', 'at-house': '9/1', 'at-province': '50', place: 'at:province' })
  await who.send({ 'at-district': '5007', place: 'at:district' })
  await who.send({ 'at-subdistrict': '500701', place: 'at:subdistrict' })
  expect(who.page.text).toContain('Rim Tai, Mae Rim, Chiang Mai')
  expect(who.page.html).toContain('value="by the river"')
  await who.send({ place: 'at:change' })
  await who.send({ 'at-search': '10303', place: 'at:search' })
  await who.send({ 'at-found': '100203', place: 'at:found' })
  await who.send()
  await who.open(`${base}/review`)
  expect(who.page.text).toContain('9/1, Suan Chitlada, Dusit, Bangkok 10300')
})

it('the sample service, which uses every type of field, is shown in both languages', async () => {
  await using site = await formSite([sampleDefinition()])
  const who = site.browser()
  await who.open('/services/school-bus-card/apply')
  const start = who.page
  const answer = await fetch(`${site.origin}/services/school-bus-card/apply`, { method: 'POST' })
  expect(answer.status).toBe(403)
  await who.send({}, { page: start })
  const base = who.page.path.replace(/\/facts$/, '')
  for (const language of ['th', 'en']) {
    for (const { id, repeat } of sampleDefinition().form.pages) {
      const shown = await who.open(`${base}/pages/${id}${repeat ? '/new' : ''}?lang=${language}`)
      expect(shown.status).toBe(200)
    }
  }
})
