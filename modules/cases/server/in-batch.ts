/** What a call carries when its act is part of an act on many cases. */
/** Which batch, and from when on those whom it concerns are told. */
export interface InBatch {
  readonly batch?: { readonly id: string; readonly toldAt: Date }
}
