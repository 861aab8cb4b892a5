export class GiantLine {
  push(_piece: Uint8Array): void {}
}
