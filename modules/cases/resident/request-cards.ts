/** Cards that later modules add to a person's own request; the resident app gives them. */
import type { Component, InjectionKey } from 'vue'

/** Each gets the request as `view`. */
export const requestCards: InjectionKey<readonly Component[]> = Symbol('cards of a request')
