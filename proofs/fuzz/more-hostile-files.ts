/** Files by the format that they pretend to be, broken or blown up where decoders were ever fooled. Rule: quality.md R26. */
import { crc32, deflateSync, gzipSync } from 'node:zlib'
import sharp from 'sharp'
import { zipOf } from './hostile-archives.ts'

export interface HostileFile {
  readonly what: string
  readonly bytes: Buffer
  readonly name?: string
  /** It is a photo after all: taken in, and what is kept of it holds nothing of this. */
  readonly mustNotKeep?: string
  /** Some decoders read it and some do not: it may be taken in or refused, and neither late nor whole. */
  readonly either?: true
}

const mib = 1024 * 1024
const script = '<script>window.__xss=1</script>'
// Rule: the test file of anti-malware programs (eicar.org), put together here so that none stands in the repository.
const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-', 'ANTIVIRUS-TEST-FILE!$H+H*'].join('')

function pngChunk(type: string, content: Buffer, sum?: number): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(content.length)
  const end = Buffer.alloc(4)
  end.writeUInt32BE(sum ?? crc32(named))
  return Buffer.concat([length, named, end])
}

const pngHead = (width: number, height: number, depth = 8, colour = 6, interlace = 0): Buffer => {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([depth, colour, 0, 0, interlace], 8)
  return pngChunk('IHDR', head)
}

const png = (...chunks: Buffer[]): Buffer =>
  Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...chunks, pngChunk('IEND', Buffer.alloc(0))])

const idat = (bytes: number) => pngChunk('IDAT', deflateSync(Buffer.alloc(bytes)))
/** 4 × 4 in colour and light. */
const small = () => [pngHead(4, 4), idat(4 * 17)] as const

function pngs(): HostileFile[] {
  const [head, data] = small()
  const text = (bytes: number) =>
    pngChunk('zTXt', Buffer.concat([Buffer.from('a\0\0'), deflateSync(Buffer.alloc(bytes, 97))]))
  return [
    { what: 'a png without height', bytes: png(pngHead(4, 0), data) },
    { what: 'a png without width', bytes: png(pngHead(0, 4), data) },
    { what: 'a png of the largest numbers', bytes: png(pngHead(0x7fffffff, 0x7fffffff), data) },
    { what: 'a png just over the limit', bytes: png(pngHead(50_000_001, 1), data) },
    {
      what: 'a png whose points grow from little',
      bytes: png(pngHead(20_000, 20_000, 1, 0), idat(50 * mib)),
    },
    { what: 'a png with more behind it than it says', bytes: png(head, idat(60 * mib)), either: true },
    { what: 'a png with a wrong sum', bytes: png(head, pngChunk('IDAT', Buffer.from('x'), 1)) },
    { what: 'a png without points', bytes: png(head) },
    { what: 'a png without a head', bytes: png(data) },
    { what: 'a png with two heads', bytes: png(head, pngHead(30_000, 30_000), data), either: true },
    { what: 'a png of a depth that there is not', bytes: png(pngHead(4, 4, 7), data) },
    { what: 'a png with colours by number and no colours', bytes: png(pngHead(4, 4, 8, 3), data) },
    { what: 'a png in layers', bytes: png(pngHead(40_000, 40_000, 8, 6, 1), data) },
    { what: 'a png with a text that grows', bytes: png(head, text(60 * mib), data), either: true },
    {
      what: 'a png of ten thousand notes',
      bytes: png(head, ...Array.from({ length: 10_000 }, () => pngChunk('tEXt', Buffer.from('a\0b'))), data),
      either: true,
    },
    {
      what: 'a png with a profile of noise',
      bytes: png(
        head,
        pngChunk('iCCP', Buffer.concat([Buffer.from('a\0\0'), deflateSync(Buffer.alloc(5_000, 7))])),
        data,
      ),
      either: true,
    },
    {
      what: 'a png that moves a thousand times',
      bytes: png(head, pngChunk('acTL', Buffer.from('000003e800000000', 'hex')), data),
      either: true,
    },
    {
      what: 'a png whose length leads beyond',
      bytes: Buffer.concat([
        png(head).subarray(0, 33),
        Buffer.from('7fffffff49444154', 'hex'),
        Buffer.alloc(100),
      ]),
    },
    {
      what: 'a png with a script for a note',
      bytes: png(head, pngChunk('tEXt', Buffer.from(`Comment\0${script}`)), data),
      mustNotKeep: script,
    },
    {
      what: 'a png with the words of a virus test',
      bytes: png(head, pngChunk('tEXt', Buffer.from(`Comment\0${eicar}`)), data),
      mustNotKeep: eicar,
    },
  ]
}

const segment = (marker: number, content: Buffer): Buffer => {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(Math.min(content.length + 2, 65_535), 2)
  return Buffer.concat([head, content])
}

async function jpegs(): Promise<HostileFile[]> {
  const plain = sharp({ create: { width: 64, height: 48, channels: 3, background: '#395b6d' } })
  const whole = await plain.clone().jpeg().toBuffer()
  const slow = await plain.clone().jpeg({ progressive: true }).toBuffer()
  const start = Buffer.from([0xff, 0xd8])
  const after = (...parts: Buffer[]) => Buffer.concat([start, ...parts, whole.subarray(2)])
  const frameAt = whole.indexOf(Buffer.from([0xff, 0xc0]))
  const sized = (width: number, height: number) => {
    const changed = Buffer.from(whole)
    changed.writeUInt16BE(height, frameAt + 5)
    changed.writeUInt16BE(width, frameAt + 7)
    return changed
  }
  const comment = (text: string) => segment(0xfe, Buffer.from(text))
  const exif = (content: Buffer) => segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), content]))
  return [
    { what: 'the beginning of a jpeg alone', bytes: Buffer.from([0xff, 0xd8, 0xff]) },
    { what: 'a jpeg that ends after its head', bytes: whole.subarray(0, frameAt + 20) },
    { what: 'a jpeg of sixty thousand by sixty thousand', bytes: sized(65_500, 65_500) },
    { what: 'a jpeg without height', bytes: sized(64, 0) },
    { what: 'a jpeg without width', bytes: sized(0, 48) },
    { what: 'a jpeg larger than its points', bytes: sized(4_000, 3_000), either: true },
    {
      what: 'a jpeg of many passes',
      bytes: Buffer.concat([
        slow.subarray(0, -2),
        ...Array.from({ length: 2_000 }, () =>
          slow.subarray(slow.lastIndexOf(Buffer.from([0xff, 0xda])), -2),
        ),
        slow.subarray(-2),
      ]),
      either: true,
    },
    { what: 'a jpeg of sixty thousand marks', bytes: after(Buffer.alloc(120_000, 0xff)), either: true },
    {
      what: 'a jpeg with a segment of no length',
      bytes: after(Buffer.from([0xff, 0xe5, 0, 0])),
      either: true,
    },
    {
      what: 'a jpeg with a note that leads beyond',
      bytes: Buffer.concat([start, Buffer.from([0xff, 0xfe, 0xff, 0xff]), Buffer.from('x')]),
    },
    {
      what: 'a jpeg with two hundred notes of 64 KiB',
      bytes: after(...Array.from({ length: 150 }, () => segment(0xfe, Buffer.alloc(65_000, 97)))),
      either: true,
    },
    {
      what: 'a jpeg whose data about itself goes in a circle',
      bytes: after(exif(Buffer.from('49492a00080000000100698704000100000008000000080000', 'hex'))),
      either: true,
    },
    {
      what: 'a jpeg whose data about itself counts to four thousand million',
      bytes: after(exif(Buffer.from('49492a0008000000010032010200ffffffff08000000', 'hex'))),
      either: true,
    },
    {
      what: 'a jpeg with a profile that is none',
      bytes: after(
        segment(
          0xe2,
          Buffer.concat([Buffer.from('ICC_PROFILE\0\u0001\u0001', 'latin1'), Buffer.alloc(300, 9)]),
        ),
      ),
      either: true,
    },
    { what: 'a jpeg with a script for a note', bytes: after(comment(script)), mustNotKeep: script },
    { what: 'a jpeg with the words of a virus test', bytes: after(comment(eicar)), mustNotKeep: eicar },
    {
      what: 'a jpeg with a program behind it',
      bytes: Buffer.concat([whole, Buffer.from(`<?php system('id'); ?>${script}`)]),
      name: 'a.php',
      mustNotKeep: 'system(',
    },
    {
      what: 'a jpeg with a place in it',
      bytes: after(
        segment(0xe1, Buffer.from('http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>29.5630N-106.5516E</x:xmpmeta>')),
      ),
      mustNotKeep: '29.5630N',
    },
    {
      what: 'a jpeg of noise between its ends',
      bytes: Buffer.concat([
        start,
        Buffer.from([0xff, 0xdb]),
        Buffer.alloc(9_000, 0x3c),
        Buffer.from([0xff, 0xd9]),
      ]),
    },
  ]
}

const webps = (): HostileFile[] => {
  const riff = (...parts: Buffer[]) => {
    const body = Buffer.concat([Buffer.from('WEBP'), ...parts])
    const head = Buffer.from('RIFF\0\0\0\0')
    head.writeUInt32LE(body.length, 4)
    return Buffer.concat([head, body])
  }
  const part = (name: string, content: Buffer) => {
    const head = Buffer.from(`${name}\0\0\0\0`)
    head.writeUInt32LE(content.length, 4)
    return Buffer.concat([head, content])
  }
  return [
    { what: 'a webp of nothing', bytes: riff() },
    {
      what: 'a webp of the largest size',
      bytes: riff(
        part('VP8X', Buffer.from('10000000ffffffffffff', 'hex')),
        part('VP8L', Buffer.from('2fffffffff000000', 'hex')),
      ),
    },
    { what: 'a webp that is cut off', bytes: riff(part('VP8 ', Buffer.from('9d012a', 'hex'))) },
    { what: 'a webp of noise', bytes: riff(part('VP8L', Buffer.alloc(4_000, 0x2f))) },
    {
      what: 'a webp that moves and has no picture',
      bytes: riff(part('VP8X', Buffer.from('02000000030000030000', 'hex')), part('ANIM', Buffer.alloc(6))),
    },
    {
      what: 'a webp that says to be longer than it is',
      bytes: Buffer.concat([Buffer.from('RIFF\xff\xff\xff\x7fWEBPVP8 ', 'latin1'), Buffer.alloc(50)]),
    },
  ]
}

/** None of them is a photo or a paper, whatever it is called. */
const others = (): HostileFile[] =>
  (
    [
      ['the words of a virus test', Buffer.from(eicar)],
      ['a compressed virus test', gzipSync(Buffer.from(eicar))],
      ['an archive of a virus test', zipOf([['eicar.com', Buffer.from(eicar)]])],
      ['an archive as a photo', zipOf([['a', Buffer.from('b')]])],
      ['a program of Windows', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(600)])],
      ['a program of the web', Buffer.from('0061736d01000000', 'hex')],
      ['a class', Buffer.from('cafebabe00000034', 'hex')],
      ['a script of a shell', Buffer.from('#!/bin/sh\nid\n')],
      ['a script of a server', Buffer.from("<?php system('id');")],
      [
        'a drawing behind a declaration',
        Buffer.from(`<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg">${script}</svg>`),
      ],
      [
        'a drawing that names a file',
        Buffer.from('<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>'),
      ],
      ['a compressed drawing', gzipSync(Buffer.from(`<svg>${script}</svg>`))],
      ['a bitmap', Buffer.concat([Buffer.from('BM'), Buffer.alloc(100)])],
      ['a picture for print', Buffer.from('49492a0008000000', 'hex')],
      ['a small sign', Buffer.from('00000100010010100000', 'hex')],
      ['a film', Buffer.from('000000186674797069736f6d', 'hex')],
      ['a photo of a telephone that is not read here', Buffer.from('000000186674797068656963', 'hex')],
      ['a newer kind of photo', Buffer.from('000000206674797061766966', 'hex')],
      ['a postscript', Buffer.from('%!PS-Adobe-3.0\n(%pipe%id) (r) file')],
      ['a mark of another width before a page', Buffer.from(`\ufeff${script}`, 'utf16le')],
      ['ones only', Buffer.alloc(mib, 0xff)],
    ] as const
  ).map(([what, bytes]) => ({ what, bytes, name: 'photo.jpg' }))

/** All of them, by format. */
export const moreHostilePhotos = async (): Promise<HostileFile[]> => [
  ...pngs(),
  ...(await jpegs()),
  ...webps(),
  ...others(),
]
