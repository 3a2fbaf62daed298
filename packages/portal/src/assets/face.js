// Makes the portal readable offline where the browser can; every page works without.
if ('serviceWorker' in navigator) {
  addEventListener('load', () => navigator.serviceWorker.register('/service-worker.js').catch(() => {}))
}

// The menu closes when the keyboard or the pointer leaves it.
const menu = document.querySelector('details.account')
if (menu) {
  const close = (event) => {
    if (!menu.contains(event.target)) menu.open = false
  }
  addEventListener('click', close)
  addEventListener('focusin', close)
  menu.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return
    menu.open = false
    menu.querySelector('summary').focus()
  })
}

// Who comes to a page with something to mend is taken to it.
document.querySelector('.ds-error-summary')?.focus()
