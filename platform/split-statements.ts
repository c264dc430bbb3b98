/**
 * Splits a SQL file at the semicolons that end statements: not those inside quotes, dollar quotes or comments.
 * One statement a call is what a distributed database wants.
 */
export function splitStatements(sql: string): string[] {
  const token = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|(\$[A-Za-z_]*\$)[\s\S]*?\1|;/g
  const statements: string[] = []
  let start = 0
  for (const match of sql.matchAll(token)) {
    if (match[0] !== ';') continue
    statements.push(sql.slice(start, match.index).trim())
    start = match.index + 1
  }
  statements.push(sql.slice(start).trim())
  return statements.filter((statement) => statement.replace(/--[^\n]*/g, '').trim() !== '')
}
