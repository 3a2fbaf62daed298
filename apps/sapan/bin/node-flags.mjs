/**
 * What V8 is told, whether Sapan starts Node itself or is started by it: old memory may grow to three times of what is in use
 * before it is collected. By itself V8 begins at a third more, which under load is every second, and all wait up to 45 ms each
 * time, pages some 150. Five times was no faster, and let a gateway grow by 190 MiB over an attachment of 500 MB.
 */
export const nodeFlags = ['--heap-growing-percent=200']
