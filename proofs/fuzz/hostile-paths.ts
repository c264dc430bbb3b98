/** Paths that lead out of a folder, in the ways that servers, archives and file systems were ever fooled by. Rule: quality.md R29. */

const steps: readonly string[] = [
  '../',
  '..\\',
  '..%2f',
  '..%5c',
  '%2e%2e/',
  '%2e%2e%2f',
  '%252e%252e%252f',
  '....//',
  '..;/',
  '..%c0%af',
  '..%00/',
  '.%2e/',
  '..\u2215',
  '．．／',
  '%u002e%u002e/',
  '/../',
]
const depths = [1, 4, 9]

/** `targets`: what lies outside, as a path from the root without the first stroke. */
export function hostilePaths(targets: readonly string[]): string[] {
  const climbing = targets.flatMap((target) =>
    steps.flatMap((step) => depths.map((depth) => `${step.repeat(depth)}${target}`)),
  )
  const whole = targets.flatMap((target) => [
    `/${target}`,
    `//${target}`,
    `file:///${target}`,
    `file://localhost/${target}`,
    `/${target}%00.jpg`,
    `/${target}\u0000.jpg`,
    `./${target}`,
    `\\\\?\\C:\\${target}`,
    `C:\\${target.replaceAll('/', '\\')}`,
    `php://filter/resource=/${target}`,
    `/proc/self/root/${target}`,
  ])
  return [
    ...climbing,
    ...whole,
    '/proc/self/environ',
    '/proc/self/cwd/package.json',
    '~/.ssh/id_rsa',
    '.',
    '..',
    '...',
    './',
    '../',
    '//',
    '.git/config',
    '.env',
    'keys.json',
    'CON',
    'aux.jpg',
    'NUL::$DATA',
    'a/b\\c:d*e?f"g<h>i|j',
    '-rf',
    '$(id)',
    '`id`',
    '; rm -rf x',
    '| id',
    'a\r\nContent-Type: text/html\r\n\r\nb',
    '\u202egpj.exe',
    '诉求"; filename="x.html',
    "';filename*=UTF-8''x.html",
    `${'a'.repeat(255)}.pdf`,
    `${'长'.repeat(200)}.pdf`,
    '.\u200b./x',
    '𬱖𠮷.pdf',
  ]
}
