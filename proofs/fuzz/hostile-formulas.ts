/** Words that a spreadsheet would compute, call or send. Rule: quality.md R28; OWASP, CSV injection. */
const signs = ['=', '+', '-', '@', '＝', '＋', '－', '＠']
const before = ['', '\t', '\r', '\n', ' ', '\u3000', '\u00a0', '\u0001', '"']

/** None of them is a number or a dash; each would show `ran` or `11111` where it was computed. */
export const hostileFormulas: readonly string[] = [
  ...signs.map((sign) => `${sign}41*271`),
  ...before.slice(1).map((space) => `${space}=41*271`),
  ...signs.map((sign) => `${sign}CONCATENATE("r","an")`),
  ...before.slice(1).map((space) => `${space}+CONCATENATE("r","an")`),
  '=cmd|"/c calc"!A1',
  "=cmd|' /C calc'!A0",
  '+cmd|"/c calc"!A1',
  '-cmd|"/c calc"!A1',
  '@SUM(cmd|"/c calc"!A1)',
  '=DDE("cmd";"/C calc";"!A1")',
  '=MSEXCEL|"\\..\\..\\..\\Windows\\System32\\cmd.exe /c calc"!"x"',
  '=rundll32|"URL.dll,OpenURL calc.exe"!A',
  '=HYPERLINK("http://127.0.0.1/?"&A1,"ran")',
  '=HYPERLINK("file:///etc/passwd","ran")',
  '=IMPORTXML("http://127.0.0.1/","//a")',
  '=IMPORTDATA("http://127.0.0.1/")',
  '=IMAGE("http://127.0.0.1/x.png")',
  '=WEBSERVICE("http://127.0.0.1/")',
  "='file:///etc/passwd'#$passwd.A1",
  '=INDIRECT("A1")',
  '=EXEC("calc")',
  '=CALL("urlmon","URLDownloadToFileA")',
  '=1+1',
  '=A1',
  '=SUM(1)*cmd',
  '{=41*271}',
  '={1;2}',
  '=(41)*271',
  '--41*271x',
  '+-41*271x',
  '=IF(1,"ran","")',
  '@A1',
]
