import { markupOf, readableText } from './markup.ts';

/** An answer as far as it says why it is no file. */
export interface Answer {
  status: number;
  /** The reason phrase of HTTP/1.1; empty over HTTP/2. */
  statusText?: string;
  /** Names in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
  /** The beginning of the body; empty for what is no text. */
  text: string;
}

/** Who speaks, as far as that decides what his words mean. */
export type Speaker = 'artifactory' | 'nexus' | 'gitlab' | 'storage' | 'cloudflare' | 'gateway' | 'balancer';

export interface Heard {
  /** What the server says, without names of modules, hosts and files: a module may be called `malware-scanner`. */
  text: string;
  by: Speaker | null;
  isHtml: boolean;
}

/** What web servers say of a 403 by themselves, whatever its reason (Apache, Akamai, IIS, Tomcat). */
const defaultPages =
  /you (?:don't|do not) have permission to (?:access (?:this resource|[^.]{0,300}\bon this server)|view this directory or page[^.]{0,100})/gi;
const mostMarkup = 64 * 1024;
const mostText = 4000;

/** Takes from an answer what was said and by whom. `module` is the path that was asked for: it may stand in the text. */
export function hear(answer: Answer, module = ''): Heard {
  const body = answer.text.slice(0, mostMarkup);
  const markup = markupOf(body);
  const said = markup ? readableText(body) : (fromJson(body) ?? body);
  const own = module ? said.replaceAll(module, ' ') : said;
  const { status, statusText = '' } = answer;
  // What everybody says with this status says nothing.
  const phrase = statusText === process.getBuiltinModule('node:http').STATUS_CODES[status] ? '' : statusText;
  const text = withoutNames(`${phrase}\n${own}`.replace(defaultPages, ' ').slice(0, mostText));
  return { text, by: speakerOf(answer, body, markup), isHtml: markup === 'html' };
}

function speakerOf({ headers, statusText = '' }: Answer, body: string, markup: 'html' | 'xml' | null): Speaker | null {
  const server = headers.server ?? '';
  const start = body.slice(0, mostText);
  if (headers['x-squid-error'] || gateways.test(`${server} ${headers.via ?? ''} ${headers['proxy-agent'] ?? ''}`)) {
    return 'gateway';
  }
  if (/artifactory/i.test(server) || headers['x-artifactory-id'] || headers['x-jfrog-version']) return 'artifactory';
  if (/nexus/i.test(server) || /\bnexus repository\b/i.test(start) || /\bquarantined\b/i.test(statusText))
    return 'nexus';
  if (Object.keys(headers).some(name => storageHeaders.test(name)) || storageServers.test(server)) return 'storage';
  if (markup === 'xml' && /<error>/i.test(start) && /<code>/i.test(start)) return 'storage';
  if (headers['x-gitlab-meta'] || /"message"\s*:\s*"40[134] [A-Z]/.test(start)) return 'gitlab';
  if (markup === 'html' && gateways.test(body)) return 'gateway';
  if (/cloudflare/i.test(server) || headers['cf-ray'] || headers['cf-mitigated']) return 'cloudflare';
  if (/"errors"\s*:\s*\[\s*\{\s*"status"/.test(start)) return 'artifactory';
  return /upstream connect error|no healthy upstream|upstream request timeout/.test(start) ? 'balancer' : null;
}

/** Companies' gateways and portals by name, as their headers and pages give it. */
const gateways =
  /\b(?:zscaler|fortigate|fortiguard|fortinet|websense|forcepoint|blue ?coat|proxysg|netskope|palo alto networks|pan-os|barracuda|sophos|cisco umbrella|opendns|mcafee web gateway|skyhigh|iboss|menlo security|check ?point|untangle|sonicwall|watchguard|smoothwall|contentkeeper|squid|sangfor)\b|深信服|上网行为/i;
const storageHeaders = /^x-(?:amz|oss|goog|cos|obs|ms|tos|reqid|log)-?(?:request-id|id-2|error-code|meta|stored)?$/;
const storageServers = /^(?:AmazonS3|AliyunOSS|UploadServer|tencent-cos|OBS|MinIO|Windows-Azure-Blob)/i;

/** Keys of a JSON error whose values name what was asked for. */
const naming =
  /^(?:name|package|packagename|module|modulename|component|artifact|path|purl|version|repo|repository|url|uri|host|instance|file|filename|(?:request|trace|correlation)_?id|documentation_url)$/i;

/** The texts in a JSON answer, without those that are names; a key that is true counts as said. Null where it is no JSON. */
function fromJson(text: string): string | null {
  if (!/^\s*[[{]/.test(text)) return null;
  try {
    return textsIn(JSON.parse(text), 0).join('\n');
  } catch {
    return null;
  }
}

function textsIn(value: unknown, depth: number): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null || depth > 6) return [];
  if (Array.isArray(value)) return value.flatMap(each => textsIn(each, depth + 1));
  return Object.entries(value).flatMap(([key, each]) =>
    naming.test(key) ? [] : each === true ? [key] : textsIn(each, depth + 1),
  );
}

/** Leaves out what is a name and no word: URLs, module paths, files, hosts, versions. */
function withoutNames(text: string): string {
  return text
    .replace(/\b[a-z][a-z0-9+.-]*:\/\/[^\s'"<>]*/gi, ' ')
    .replace(/\S*\/@v\/\S*/g, ' ')
    .replace(/(?:[\w-]+\.)+[a-z]{2,}\/[^\s'",;]*/gi, ' ')
    .replace(/(^|[\s'"(=:])\/[^\s'",;]+/g, '$1 ')
    .replace(/[^\s'"]+(?:@|:v?)\d+\.\d+[^\s'"]*/g, match => (/^\d+\.\d+\.\d+\.\d+:/.test(match) ? match : ' '))
    .replace(/\b(?:[\w-]+\.){2,}[a-z]{2,}\b/gi, ' ');
}
