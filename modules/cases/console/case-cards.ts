/** Cards that later modules add to a case, such as what of public safety it has become; the console gives them. */
import type { Component, InjectionKey } from 'vue'

/** Each gets the case as `view`. */
export const caseCards: InjectionKey<readonly Component[]> = Symbol('cards of a case')
