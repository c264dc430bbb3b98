/** Rule: rights.md, check: on site for public space, by call-back for personal matters. */
export function checkModeFor(onSiteCheck: boolean): 'on-site' | 'call-back' {
  return onSiteCheck ? 'on-site' : 'call-back'
}
