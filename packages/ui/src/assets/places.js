// Takes the steps of an address's place without loading the whole page: the server's answer is put in its place.

let asked = 0

async function step(picker, value) {
  const form = picker.closest('form')
  if (!form) return
  const mine = ++asked
  const body = new URLSearchParams()
  for (const [name, entry] of new FormData(form)) if (typeof entry === 'string') body.append(name, entry)
  body.append('place', value)
  const answer = await fetch(form.action, {
    method: 'POST',
    body,
    credentials: 'same-origin',
    redirect: 'error',
  })
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  const next = page.getElementById(picker.id)
  if (!next || mine !== asked) return
  const focused = document.activeElement?.id
  const caret = document.activeElement?.selectionStart
  picker.replaceWith(document.importNode(next, true))
  const again = focused && document.getElementById(focused)
  if (!again) return document.getElementById(next.id)?.focus()
  again.focus()
  if (typeof caret === 'number' && again.setSelectionRange) again.setSelectionRange(caret, caret)
}

/** What cannot be asked now is left to the buttons, which still send the form. */
const quietly = (picker, value) => step(picker, value).catch(() => {})

document.addEventListener('change', ({ target }) => {
  const picker = target.closest?.('[data-place]')
  if (!picker || target.tagName !== 'SELECT' || target.id.endsWith('-postal') || target.value === '') return
  quietly(picker, `${picker.dataset.place}:${target.id.slice(picker.dataset.place.length + 1)}`)
})

let waiting
document.addEventListener('input', ({ target }) => {
  const picker = target.closest?.('[data-place]')
  if (!picker || !target.id.endsWith('-search')) return
  clearTimeout(waiting)
  waiting = setTimeout(
    () => target.value.trim().length > 1 && quietly(picker, `${picker.dataset.place}:search`),
    300,
  )
})
