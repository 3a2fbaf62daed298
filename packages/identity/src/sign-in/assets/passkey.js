/* Asks the browser for a passkey and sends what it answers with the form that stands in the page. */
;(() => {
  const forms = document.querySelectorAll('form[data-passkey]')
  const library = globalThis.SimpleWebAuthnBrowser
  if (!library?.browserSupportsWebAuthn()) return

  const begin = async (form) => {
    const body = new URLSearchParams(new FormData(form))
    const answer = await fetch(form.dataset.options, {
      method: 'POST',
      headers: { accept: 'application/problem+json, application/json' },
      body,
      credentials: 'same-origin',
    })
    if (answer.ok) return answer.json()
    const problem = await answer.json().catch(() => ({}))
    throw Object.assign(new Error(String(answer.status)), {
      words: problem.next && `${problem.title} · ${problem.detail} ${problem.next}`,
    })
  }
  const ask = (kind, optionsJSON) =>
    kind === 'create'
      ? library.startRegistration({ optionsJSON })
      : library.startAuthentication({ optionsJSON })

  for (const form of forms) {
    const parts = document.querySelectorAll(`[data-needs-passkey="${form.id}"]`)
    for (const part of parts) part.hidden = false
    form.hidden = false
    const status = form.querySelector('[role="status"]')
    form.addEventListener('submit', async (event) => {
      event.preventDefault()
      const button = form.querySelector('button')
      button.disabled = true
      status.textContent = form.dataset.waiting
      try {
        const { ceremony, options } = await begin(form)
        const response = await ask(form.dataset.passkey, options)
        form.elements.ceremony.value = ceremony
        form.elements.response.value = JSON.stringify(response)
        form.submit()
      } catch (error) {
        status.textContent = error.words ?? form.dataset.failed
        button.disabled = false
      }
    })
  }
})()
