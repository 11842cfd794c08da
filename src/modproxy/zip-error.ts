/** Why something is no zip that go would take; in the words of Go's archive/zip where it refuses it too. */
export class ZipError extends Error {
  constructor(message = 'zip: not a valid zip file') {
    super(message);
    this.name = 'ZipError';
  }
}
