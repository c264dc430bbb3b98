/** The drawer of a case, and what a person does in it. */
import type { Page } from 'playwright-core'

export const drawer = (page: Page) => page.getByRole('dialog')

/** Fails where two buttons have the name: a person would not know which. */
export const press = (page: Page, name: string | RegExp) =>
  drawer(page)
    .getByRole('button', { name, exact: typeof name === 'string' })
    .click()

/** The form below repeats the act that opened it. */
export const send = (page: Page, name: string) =>
  drawer(page).getByRole('button', { name, exact: true }).last().click()

export const choose = (page: Page, group: string, option: string) =>
  drawer(page).getByRole('radiogroup', { name: group }).getByText(option, { exact: true }).click()

/** An act that may stand as a button or in the menu behind them. */
export async function act(page: Page, name: string): Promise<void> {
  const button = drawer(page).getByRole('button', { name, exact: true })
  const menu = drawer(page).getByRole('button', { name: '更多操作' })
  await menu.or(button).first().waitFor()
  if (!(await button.isVisible())) await menu.last().click()
  await button.click()
}
