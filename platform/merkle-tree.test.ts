import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  consistencyProof,
  inclusionProof,
  isContinued,
  isIncluded,
  leafHash,
  noLeaves,
  peakCount,
  rangesAfter,
  rangesOf,
  rootOf,
  withLeaves,
} from './merkle-tree.ts'

// The test vectors of the reference implementation of RFC 6962 (certificate-transparency, merkletree/merkle_tree_test.cc).
const leaves = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map((text) => leafHash(Buffer.from(text, 'hex')))
const roots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]
const hex = (hashes: readonly Buffer[]) => hashes.map((hash) => hash.toString('hex'))
const buffer = (text: string) => Buffer.from(text, 'hex')
const a = '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7'
const b = '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e'
const c = '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4'
const d = 'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b'
const e = 'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0'
const f = '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a'

test('the roots of the reference vectors, grown leaf by leaf and taken at once', () => {
  let grown = noLeaves
  for (const [size, root] of roots.entries()) {
    expect(rootOf(withLeaves(noLeaves, leaves.slice(0, size))).toString('hex')).toBe(root)
    expect(rootOf(grown).toString('hex')).toBe(root)
    expect(grown.hashes).toHaveLength(peakCount(size))
    grown = withLeaves(grown, leaves.slice(size, size + 1))
  }
})

test.each([
  [0, 1, []],
  [0, 8, [a, b, c]],
  [5, 8, [d, e, roots[4]]],
  [2, 3, [roots[2]]],
  [1, 5, [roots[1], b, d]],
])('the reference proof that leaf %i is among %i', (index, size, proof) => {
  expect(hex(inclusionProof(rangesOf(leaves), index, size))).toEqual(proof)
})

test.each([
  [1, 1, []],
  [1, 8, [a, b, c]],
  [6, 8, [f, e, roots[4]]],
  [2, 5, [b, d]],
])('the reference proof that %i leaves grew to %i', (from, to, proof) => {
  expect(hex(consistencyProof(rangesOf(leaves), from, to))).toEqual(proof)
  const root = (size: number) => ({ size, root: buffer(roots[size] ?? '') })
  expect(
    isContinued(
      root(from),
      root(to),
      proof.map((each) => buffer(String(each))),
    ),
  ).toBe(true)
})

const sizes = fc.integer({ min: 1, max: 70 })
const many = Array.from({ length: 70 }, (_, index) => leafHash(String(index)))
const rootAt = (size: number) => rootOf(withLeaves(noLeaves, many.slice(0, size)))

test('every leaf is shown to be where it is, and nowhere else, and no other leaf', () => {
  fc.assert(
    fc.property(sizes, fc.nat(69), fc.nat(69), (size, one, other) => {
      const index = one % size
      const elsewhere = other % size
      const proof = inclusionProof(rangesOf(many), index, size)
      const leaf = many[index] ?? Buffer.alloc(0)
      expect(isIncluded(leaf, { index, size }, proof, rootAt(size))).toBe(true)
      if (elsewhere !== index)
        expect(isIncluded(leaf, { index: elsewhere, size }, proof, rootAt(size))).toBe(false)
      expect(isIncluded(leafHash('no'), { index, size }, proof, rootAt(size))).toBe(false)
      expect(isIncluded(leaf, { index, size }, [...proof, leaf], rootAt(size))).toBe(false)
    }),
  )
})

test('growth is shown from what a sealing keeps, and a changed past is refused', () => {
  fc.assert(
    fc.property(sizes, sizes, (one, other) => {
      const [from, to] = one < other ? [one, other] : [other, one]
      const kept = withLeaves(noLeaves, many.slice(0, from))
      const proof = consistencyProof(rangesAfter(kept, many.slice(from, to)), from, to)
      expect(proof).toEqual(consistencyProof(rangesOf(many), from, to))
      const now = { size: to, root: rootAt(to) }
      expect(isContinued({ size: from, root: rootAt(from) }, now, proof)).toBe(true)
      expect(isContinued({ size: from, root: leafHash('other') }, now, proof)).toBe(false)
      expect(isContinued({ size: from, root: rootAt(from) }, { size: to, root: leafHash('x') }, proof)).toBe(
        false,
      )
    }),
  )
})
