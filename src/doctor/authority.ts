import { authorityOf, hostAndPort } from '../system/network/address.ts';

/** A target as `host:port`: what a probe names without a port gets that of the URL it was reached by. */
export function withPort(target: string, url: string): string {
  if (/:\d+$/.test(target) || !URL.canParse(url)) return target;
  const own = hostAndPort(new URL(url));
  if (own.host === '') return target || url;
  return target === '' || target === own.host || target === new URL(url).host
    ? authorityOf(own)
    : `${target}:${own.port}`;
}

/** `host:port` of what stands in a text as a URL or a host, or null. */
export function authorityIn(text: string): string | null {
  const url = /\b(?:https?|ssh|git):\/\/[^\s"'<>]+/.exec(text)?.[0];
  return url && URL.canParse(url) ? authorityOf(hostAndPort(new URL(url))) : null;
}
