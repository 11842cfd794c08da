/** Whether a text begins as HTML or XML does, as a portal, a web server or object storage answers; null for all else. */
export function markupOf(text: string): 'html' | 'xml' | null {
  const start = text.slice(0, 1000).replace(/^\uFEFF?\s*/, '');
  if (/^<(?:!doctype\s+html|html|head|body|title|script|meta|center|h1)\b/i.test(start)) return 'html';
  if (/^<(?:!--|\?xml)/i.test(start)) return /<(?:!doctype\s+html|html)\b/i.test(start) ? 'html' : 'xml';
  return /^<[a-z][\w:.-]*(?:\s[^<>]*)?>/i.test(start) ? 'xml' : null;
}

/** Elements of an error in XML that name what was asked for, and not why it was refused. */
const names = ['key', 'resource', 'bucketname', 'hostid', 'requestid', 'endpoint', 'canonicalrequest', 'stringtosign'];

/** What markup says to a reader: no tags, scripts or styles, and no names of what was asked for. */
export function readableText(markup: string): string {
  const spoken = ['script', 'style', ...names].reduce(withoutElements, markup);
  return spoken
    .replace(/<[^<>]*>/g, ' ')
    .replace(/&(?:nbsp|#160);/g, ' ')
    .replace(/&(?:#39|apos|rsquo);/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&');
}

/** By searching from one mark to the next, so that the time stays linear in the length whatever a server sends. */
function withoutElements(markup: string, name: string): string {
  const text = markup.toLowerCase();
  const kept: string[] = [];
  let at = 0;
  for (;;) {
    const start = opening(text, name, at);
    if (start < 0) break;
    kept.push(markup.slice(at, start));
    const end = text.indexOf(`</${name}`, start);
    if (end < 0) return kept.join(' ');
    at = end + name.length + 2;
  }
  kept.push(markup.slice(at));
  return kept.join(' ');
}

function opening(text: string, name: string, from: number): number {
  const mark = `<${name}`;
  for (let at = text.indexOf(mark, from); at >= 0; at = text.indexOf(mark, at + 1)) {
    if (/[\s>/]/.test(text[at + mark.length] ?? '>')) return at;
  }
  return -1;
}
