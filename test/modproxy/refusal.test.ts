import { describe, expect, it } from 'vitest';
import type { Cause, Reason } from '../../src/causes.ts';
import { type Refusal, refusalOf } from '../../src/modproxy/refusal.ts';

type Headers = Record<string, string>;
type Case = [name: string, status: number, headers: Headers, text: string, reason: Reason | null, cause?: Cause];

const text = { 'content-type': 'text/plain; charset=utf-8' };
const json = { 'content-type': 'application/json' };
const html = { 'content-type': 'text/html; charset=utf-8' };
const xml = { 'content-type': 'application/xml' };
const page = (title: string, body = ''): string =>
  `<!DOCTYPE html>\n<html><head><title>${title}</title><style>.policy { color: red }</style><script>var malware = 1;</script></head><body><h1>${title}</h1><p>${body}</p></body></html>`;
const artifactory = (status: number, message: string): string =>
  JSON.stringify({ errors: [{ status, message }] }, null, 2);
const s3 = (code: string, message: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message><Key>malware/policy.zip</Key><RequestId>4442587FB7D0A2F9</RequestId></Error>`;

function asked([, status, headers, body]: Case): Refusal {
  return refusalOf({ status, headers, text: body }, 'github.com/acme/malware-scanner');
}

const forbidden: Case[] = [
  ['nothing said', 403, {}, '', null],
  ['no more than the status', 403, text, 'Forbidden\n', null],
  ['nginx', 403, { ...html, server: 'nginx/1.24.0' }, page('403 Forbidden', '<center>nginx/1.24.0</center>'), null],
  ['S3 without words', 403, { ...xml, server: 'AmazonS3' }, s3('AccessDenied', 'Access Denied'), null],
  ['a 401 of any kind', 401, {}, '', 'credentials'],
  [
    'Nexus, no login',
    401,
    { server: 'Nexus/3.68.1-02 (OSS)', 'www-authenticate': 'BASIC realm="Sonatype Nexus"' },
    '',
    'credentials',
  ],
  [
    'Artifactory, bad key',
    401,
    { ...json, 'x-jfrog-version': 'Artifactory/7.77' },
    artifactory(401, 'Bad credentials'),
    'credentials',
  ],
  [
    'Artifactory, too few rights',
    403,
    { ...json, 'x-artifactory-id': 'a1' },
    artifactory(403, "User 'dev' is not authorized to access repository go-remote: no permission to read"),
    'credentials',
  ],
  ['Athens behind a login', 403, text, 'you are not logged in', 'credentials'],
  ['GitLab, token too weak', 403, json, '{"message":"403 Forbidden"}', 'credentials'],
  [
    'GitLab, scope',
    403,
    json,
    '{"error":"insufficient_scope","error_description":"The request requires higher privileges than provided by the access token.","scope":"api read_api"}',
    'credentials',
  ],
  [
    'Google Artifact Registry',
    403,
    text,
    "Permission 'artifactregistry.repositories.downloadArtifacts' denied on resource '//artifactregistry.googleapis.com/projects/p/locations/us/repositories/go' (or it may not exist).",
    'credentials',
  ],
  ['a challenge', 403, { 'www-authenticate': 'Basic realm="x"' }, 'Forbidden', 'credentials'],
  ['Cloudsmith', 403, json, '{"detail":"You do not have permission to perform this action."}', 'credentials'],
  ['a token that ran out', 403, json, '{"error":"token has expired"}', 'credentials'],
  ['Chinese, no rights', 403, json, '{"code":403,"msg":"没有权限访问该仓库"}', 'credentials'],
  [
    'AWS, a policy of rights',
    403,
    json,
    '{"message":"User: arn:aws:iam::1:user/ci is not authorized to perform: x:Get because no identity-based policy allows the action"}',
    'credentials',
  ],

  ['JFrog Curation, malice', 403, text, 'Package blocked by JFrog Curation policy "malicious"', 'malware'],
  [
    'JFrog Curation, malice in JSON',
    403,
    { ...json, 'x-artifactory-id': 'a' },
    artifactory(
      403,
      'Package github.com/acme/malware-scanner:v1.0.0 download was blocked by JFrog Packages Curation service due to the following policies violated {block-bad,Malicious package,Package version is malicious,Remove it}',
    ),
    'malware',
  ],
  [
    'Sonatype, malice',
    403,
    { server: 'Nexus/3.70' },
    'Requested item is quarantined: Security-Malicious, suspected supply chain attack',
    'malware',
  ],
  ['an id of a malicious package', 403, json, '{"error":"blocked","advisories":["MAL-2025-1234"]}', 'malware'],
  ['a key that is true', 403, json, '{"package":"x","malicious":true}', 'malware'],
  [
    'a gateway that found a virus',
    403,
    { server: 'Zscaler/6.2', ...html },
    page('Security alert', 'This file contains a virus: Trojan.Generic'),
    'malware',
  ],
  ['Chinese, malice', 403, text, '该模块包含恶意代码，已被拦截', 'malware'],
  [
    'blocked for security',
    403,
    text,
    'forbidden: module github.com/x/y has been blocked for security reasons',
    'malware',
  ],

  [
    'JFrog Curation, licence',
    403,
    { ...json, 'x-jfrog-version': 'Artifactory/7.98' },
    artifactory(
      403,
      'Package github.com/acme/malware-scanner:v1.0.0 download was blocked by JFrog Packages Curation service due to the following policies violated {gpl,License is not approved}',
    ),
    'policy',
  ],
  [
    'JFrog Xray',
    403,
    json,
    artifactory(
      403,
      'Artifact download request rejected: github.com/x/y/@v/v1.0.0.zip was not downloaded due to the download blocking policy configured in Xray for go-remote-cache.',
    ),
    'policy',
  ],
  [
    'Artifactory, patterns',
    409,
    { ...json, 'x-artifactory-id': 'a' },
    artifactory(
      409,
      "The repository 'go-remote' rejected the resolution of an artifact due to its include/exclude patterns",
    ),
    'policy',
  ],
  ['Sonatype Firewall', 403, { server: 'Nexus/3.70' }, page('403 - REQUESTED ITEM IS QUARANTINED'), 'policy'],
  [
    'not malicious, but too young',
    403,
    text,
    'not malicious, but the version is only 2 days old (minimum release age: 7 days)',
    'policy',
  ],
  ['awaiting a scan', 403, json, '{"message":"artifact is unscanned, awaiting review"}', 'policy'],
  ['a hook of Athens', 403, text, 'module is blocked by validation hook', 'policy'],
  ['not on the list', 403, text, 'module is not on the list of approved modules', 'policy'],
  [
    'the name of the module is no word',
    403,
    text,
    'github.com/acme/malware-scanner@v1.0.0 is not on the allow list',
    'policy',
  ],
  ['Chinese, licence', 403, json, '{"message":"许可证不合规，需要审批"}', 'policy'],

  [
    'Google, sanctions',
    403,
    html,
    page(
      'Error 403 (Forbidden)!!1',
      'Your client does not have permission to get URL <code>/rsc.io/quote</code> from this server. That’s all we know.',
    ),
    'region',
  ],
  [
    'VPC Service Controls',
    403,
    { ...xml, 'x-goog-hash': 'x' },
    s3(
      'AccessDenied',
      "Access denied. Request is prohibited by organization's policy. vpcServiceControlsUniqueIdentifier: abc",
    ),
    'region',
  ],
  ['Cloudflare, the country', 403, { server: 'cloudflare', 'cf-ray': '1-FRA' }, 'error code: 1009', 'region'],
  [
    'Cloudflare, the country, as a page',
    403,
    { ...html, 'cf-ray': '1-FRA' },
    page(
      'Access denied | corp.example used Cloudflare to restrict access',
      'The owner of this website (corp.example) has banned the country or region your IP address is in (IR) from accessing this website.',
    ),
    'region',
  ],
  ['an address list', 403, text, 'Your IP address 203.0.113.7 is not in the allow list of this registry', 'region'],
  ['legal reasons', 451, {}, '', 'region'],
  ['Chinese, region', 403, text, '您所在的地区暂不支持访问', 'region'],

  [
    'Zscaler',
    403,
    { server: 'Zscaler/6.2', ...html },
    page('Internet Security by Zscaler', 'Sorry, you are not allowed to visit this site.'),
    'web-filter',
  ],
  [
    'FortiGuard',
    403,
    html,
    page(
      'Web Page Blocked!',
      'You have tried to access a web page that is in violation of your Internet usage policy. Category: Information Technology. FortiGuard',
    ),
    'web-filter',
  ],
  [
    'Squid',
    403,
    { ...html, server: 'squid/5.7', 'x-squid-error': 'ERR_ACCESS_DENIED 0' },
    page('ERROR: The requested URL could not be retrieved', 'Access Denied.'),
    'web-filter',
  ],
  [
    'a page of nobody',
    403,
    html,
    page(
      'Access restricted',
      'This website has been blocked by your network administrator. Acceptable use policy applies.',
    ),
    'web-filter',
  ],
  ['Sangfor', 403, html, page('深信服上网行为管理', '您访问的网站已被拦截'), 'web-filter'],

  ['S3, stale link', 403, { ...xml, server: 'AmazonS3' }, s3('AccessDenied', 'Request has expired'), 'link-expired'],
  [
    'S3, stale token, said with 400',
    400,
    { ...xml, 'x-amz-request-id': '1' },
    s3('ExpiredToken', 'The provided token has expired.'),
    'link-expired',
    'mirror-forbidden-403',
  ],
  [
    'OSS, stale link',
    403,
    { ...xml, server: 'AliyunOSS', 'x-oss-request-id': '1' },
    s3('AccessDenied', 'Request has expired.'),
    'link-expired',
  ],
  [
    'Google storage',
    400,
    { ...xml, 'x-goog-generation': '1' },
    s3('ExpiredToken', 'Invalid argument: the link has expired'),
    'link-expired',
    'mirror-forbidden-403',
  ],
  [
    'Azure',
    403,
    { ...xml, server: 'Windows-Azure-Blob/1.0 Microsoft-HTTPAPI/2.0' },
    '<?xml version="1.0"?><Error><Code>AuthenticationFailed</Code><Message>Server failed to authenticate the request.</Message><AuthenticationErrorDetail>Signature not valid in the specified time frame</AuthenticationErrorDetail></Error>',
    'link-expired',
  ],
  [
    'Alibaba CDN',
    403,
    { server: 'Tengine', 'x-tengine-error': 'denied by req auth: expired timestamp' },
    '',
    'link-expired',
  ],
  ['a content network', 403, text, 'URL signature expired', 'link-expired'],

  ['rate with 403', 403, json, '{"message":"API rate limit exceeded for 203.0.113.7"}', 'rate'],
  ['too much', 403, text, 'This IP has been blocked for excessive or automated consumption', 'rate'],
  ['Cloudflare, rate', 403, { server: 'cloudflare' }, 'error code: 1015', 'rate'],
  ['Chinese, rate', 403, text, '请求过于频繁', 'rate'],

  [
    'Cloudflare, challenge',
    403,
    { server: 'cloudflare', 'cf-mitigated': 'challenge', ...html },
    page('Just a moment...'),
    'client',
  ],
  [
    'Cloudflare, blocked',
    403,
    { server: 'cloudflare', 'cf-ray': '2', ...html },
    page(
      'Attention Required! | Cloudflare',
      'This website is using a security service to protect itself from online attacks.',
    ),
    'client',
  ],
  ['user agent', 403, text, 'User-Agent not allowed', 'client'],
  ['a method', 405, { allow: 'GET' }, '', 'client'],
  ['ModSecurity', 406, html, page('Not Acceptable!', 'This error was generated by Mod_Security.'), 'client'],
  ['teapot', 418, {}, '', null],
];

const more: Case[] = [
  ['a wrong password, in Chinese', 403, text, '用户名或密码错误', 'credentials'],
  [
    'the dependency firewall of GitLab',
    403,
    json,
    '{"message":"403 Forbidden - Package blocked by dependency firewall rule: no packages younger than 7 days"}',
    'policy',
  ],
  [
    'an account that GitLab blocks',
    403,
    json,
    '{"message":"403 Forbidden - Your account has been blocked."}',
    'credentials',
  ],
  [
    'Harbor',
    403,
    json,
    '{"errors":[{"code":"DENIED","message":"requested access to the resource is denied"}]}',
    'credentials',
  ],
  ['a scan that is pending', 403, text, 'malware scan pending for this version; try again later', 'policy'],
  ['a scan that was not made', 403, text, 'this version was not yet scanned for malware', 'policy'],
  ['waiting for a scan', 403, json, '{"message":"awaiting virus scan"}', 'policy'],
  ['a scan that found something', 403, text, 'malware scan: infected', 'malware'],
  ['withheld', 403, text, 'the version is withheld from this workspace', 'policy'],
  ['not on the list of a hook', 403, text, 'validation hook rejected the request', 'policy'],
  ['not on the list', 403, text, 'module is not on the approved list', 'policy'],
  ['an embargo with a date', 423, text, 'version is embargoed until it is 14 days old', 'policy'],
  ['an embargo of a country', 403, text, 'access is denied to embargoed countries', 'region'],
  ['Envoy', 403, text, 'RBAC: access denied', 'credentials'],
  ['Huawei Cloud WAF', 418, text, '您的请求疑似攻击行为！ 事件ID: 20-1-1f2a-0091', 'client'],
  ['a firewall before the mirror', 403, text, 'Blocked by the web application firewall', 'client'],
  ['the name of the client', 403, text, 'Requests from Go-http-client/2.0 are not permitted', 'client'],
  ['Squid as text', 403, text, 'ERR_ACCESS_DENIED 0 Generated by squid/5.7 at proxy3', 'web-filter'],
  ['Fortinet as text', 403, text, 'Fortinet application control: access denied', 'web-filter'],
  [
    'Apache',
    403,
    { ...html, server: 'Apache/2.4' },
    page('403 Forbidden', "You don't have permission to access this resource."),
    null,
  ],
  [
    'Akamai',
    403,
    { ...html, server: 'AkamaiGHost' },
    page(
      'Access Denied',
      'You don\'t have permission to access "http&#58;&#47;&#47;mirror&#46;test&#47;x" on this server.<P>Reference&#32;&#35;18&#46;1',
    ),
    null,
  ],
  [
    'IIS',
    403,
    { ...html, server: 'Microsoft-IIS/10.0' },
    page(
      '403 - Forbidden: Access is denied.',
      'You do not have permission to view this directory or page using the credentials that you supplied.',
    ),
    null,
  ],
  [
    'Tomcat',
    403,
    html,
    page('HTTP Status 403 – Forbidden', 'The server understood the request but refuses to authorize it.'),
    null,
  ],
  [
    'Spring',
    403,
    json,
    '{"timestamp":"2026-01-01T00:00:00Z","status":403,"error":"Forbidden","path":"/repository/go/policy"}',
    null,
  ],
  [
    'CloudFront',
    403,
    { ...html, server: 'CloudFront' },
    page(
      'ERROR: The request could not be satisfied',
      "Request blocked. We can't connect to the server for this app or website at this time.",
    ),
    null,
  ],
  [
    'CloudFront, the country',
    403,
    { ...html, server: 'CloudFront' },
    page('ERROR', 'The Amazon CloudFront distribution is configured to block access from your country.'),
    'region',
  ],
  ['GitHub Packages', 403, json, '{"message":"Permission permission_denied: read_package"}', 'credentials'],
  [
    'Azure DevOps',
    403,
    json,
    '{"message":"TF400813: The user \'\' is not authorized to access this resource."}',
    'credentials',
  ],
  ['a project', 403, json, '{"message":"You are not allowed to access this project"}', 'credentials'],
  [
    'OSS, referer',
    403,
    { ...xml, server: 'AliyunOSS' },
    s3('AccessDenied', 'You are denied by bucket referer policy.'),
    'client',
  ],
  [
    'OSS, rights',
    403,
    { ...xml, server: 'AliyunOSS' },
    s3('AccessDenied', 'You have no right to access this object because of bucket acl.'),
    'credentials',
  ],
  [
    'trade controls',
    403,
    text,
    'Due to U.S. trade controls law restrictions, this repository is not available',
    'region',
  ],
  ['VPN', 403, text, 'This registry is only accessible from the corporate VPN.', 'region'],
  ['Azure Front Door', 403, html, page('The request is blocked.'), 'client'],
  [
    'Alibaba Cloud WAF',
    405,
    html,
    page('405', '很抱歉，由于您访问的URL有可能对网站造成安全威胁，您的访问被阻断。'),
    'client',
  ],
  [
    'F5',
    403,
    html,
    page(
      'Request Rejected',
      'The requested URL was rejected. Please consult with your administrator. Your support ID is: 123',
    ),
    'client',
  ],
  ['an old client', 403, text, 'go version 1.12 is not supported, please upgrade', 'client'],
  [
    'Palo Alto',
    403,
    html,
    page(
      'Web Page Blocked',
      'Access to the web page you were trying to visit has been blocked in accordance with company policy.',
    ),
    'web-filter',
  ],
];

const notFound: Case[] = [
  [
    'Athens that fetches nothing',
    404,
    text,
    'download mode is set to none, and the module is not in storage',
    'disabled',
  ],
  ['no feed there, ProGet', 404, text, 'Endpoint golang not found: no feed is configured at this URL', 'wrong-address'],
  ['a path that is missing', 404, text, 'No such path: did you mean /repository/<name>/ ?', 'wrong-address'],
  ['another path', 404, text, 'the Go client must use /api/go/go-virtual', 'wrong-address'],
  ['nothing said', 404, text, 'not found', null],
  ['gone', 410, text, 'gone', null],
  ['nginx', 404, { ...html, server: 'nginx' }, page('404 Not Found'), null],
  [
    'goproxy, a private name',
    404,
    text,
    "not found: github.com/x/y@v1.0.0: invalid version: git ls-remote -q origin in /tmp/x: exit status 128:\n\tfatal: could not read Username for 'https://github.com': terminal prompts disabled\nConfirm the import path was entered correctly.\nIf this is a private repository, see https://golang.org/doc/faq#git_https for additional information.",
    'private',
  ],
  [
    'no such revision',
    404,
    text,
    'not found: rsc.io/quote@v9.9.9: invalid version: unknown revision v9.9.9',
    'never-existed',
  ],
  [
    'no such version',
    404,
    text,
    'not found: module rsc.io/quote: no matching versions for query "v7"',
    'never-existed',
  ],
  [
    'no go-import',
    404,
    text,
    'not found: unrecognized import path "x.example/y": parse https://x.example/y?go-get=1: no go-import meta tags ()',
    'never-existed',
  ],
  ['GitLab, no login', 404, json, '{"message":"404 Project Not Found"}', 'credentials'],
  ['a challenge', 404, { 'www-authenticate': 'Bearer' }, '', 'credentials'],
  ['the mux of Go', 404, text, '404 page not found\n', 'wrong-address'],
  ['Nexus, no such repository', 404, { server: 'Nexus/3.70', ...text }, 'Repository not found', 'wrong-address'],
  [
    'Artifactory, no such repository',
    404,
    json,
    artifactory(404, "Repository 'go-virtual' not found"),
    'wrong-address',
  ],
  ['Kong', 404, json, '{"message":"no Route matched with those values"}', 'wrong-address'],
  ['ingress', 404, text, 'default backend - 404', 'wrong-address'],
  ['Apache', 404, html, page('404 Not Found', 'The requested URL was not found on this server.'), 'wrong-address'],
  ['goproxy without upstream', 404, text, 'not found: module lookup disabled by GOPROXY=off', 'disabled'],
  [
    'Artifactory, offline',
    404,
    json,
    artifactory(404, "The repository 'go-remote' is offline, artifact not found"),
    'disabled',
  ],
  ['cached absence', 404, text, 'not found (cached), try again later', 'not-yet'],
  ['lagging', 404, json, '{"message":"module is being fetched, retry later"}', 'not-yet'],
  ['taken down', 410, text, 'gone: this version has been removed by its author', 'withdrawn'],
];

const failed: Case[] = [
  [
    'a page of an import path',
    500,
    text,
    'a.example/b@v1.0.0: unrecognized import path "a.example/b": reading https://a.example/b?go-get=1: 502 Bad Gateway',
    'origin',
  ],
  [
    'the rights of its storage',
    500,
    text,
    's3.Exists: AccessDenied: not authorized to perform: s3:ListBucket',
    'storage',
  ],
  ['no answer in time', 408, text, 'Request Timeout: the backend did not answer in time', 'timeout'],
  [
    'a fetch that took too long',
    404,
    text,
    'temporarily unavailable due to fetch timeout',
    'timeout',
    'mirror-upstream-failure',
  ],
  [
    'its origin',
    404,
    text,
    "not found: x: git ls-remote: fatal: unable to access 'https://github.com/x/y/': Failed to connect to github.com port 443: Connection refused",
    'origin',
  ],
  ['its names', 502, text, 'dial tcp: lookup github.com: no such host', 'origin'],
  ['Nexus, auto-blocked', 503, { server: 'Nexus/3.70' }, 'Remote Auto Blocked and Unavailable', 'origin'],
  [
    'its login',
    500,
    text,
    "git fetch: fatal: could not read Username for 'https://git.corp.example': terminal prompts disabled",
    'origin-login',
  ],
  [
    'its rights at the origin',
    404,
    text,
    "fatal: unable to access 'https://git.corp.example/x/': The requested URL returned error: 403",
    'origin-login',
  ],
  ['its disk', 500, text, 'write /data/x.zip: no space left on device', 'storage'],
  ['its rights on its disk', 500, text, 'open /data/x.zip: permission denied', 'storage'],
  ['its bucket', 500, text, 's3: NoSuchBucket: the specified bucket does not exist', 'storage'],
  [
    'its file store',
    500,
    json,
    artifactory(500, "Could not process download request: Binary provider has no content for 'abc'"),
    'storage',
  ],
  ['no git', 500, text, 'exec: "git": executable file not found in $PATH', 'origin'],
  ['its patience', 404, text, 'not found: fetch timed out', 'timeout'],
  ['its deadline', 504, text, 'context deadline exceeded', 'timeout'],
  [
    'a zip that cannot be',
    404,
    text,
    'not found: create zip: a/b: case-insensitive file name collision: "A" and "a"',
    'zip',
  ],
];

const others: [status: number, headers: Headers, text: string, cause: Cause, reason: Reason | null][] = [
  [408, {}, '', 'mirror-server-error-5xx', null],
  [425, {}, 'Too Early', 'mirror-server-error-5xx', null],
  [407, {}, '', 'http-proxy-misconfigured', null],
  [429, {}, 'slow down', 'mirror-rate-limited-429', null],
  [511, html, page('Network Authentication Required'), 'captive-or-html-response', 'web-filter'],
  [503, { server: 'Zscaler/6.2', ...html }, page('Zscaler'), 'captive-or-html-response', 'web-filter'],
  [200, html, page('Welcome', 'Please log in.'), 'captive-or-html-response', null],
  [200, html, page('FortiGate login'), 'captive-or-html-response', 'web-filter'],
  [204, {}, '', 'captive-or-html-response', null],
  [302, {}, '', 'captive-or-html-response', null],
  [400, html, page('400 The plain HTTP request was sent to HTTPS port'), 'captive-or-html-response', null],
  [400, text, 'Client sent an HTTP request to an HTTPS server.', 'captive-or-html-response', null],
  [400, text, 'Bad Request', 'mirror-server-error-5xx', null],
  [500, text, 'Internal Server Error', 'mirror-server-error-5xx', null],
  [502, html, page('502 Bad Gateway'), 'mirror-server-error-5xx', null],
  [
    503,
    text,
    'upstream connect error or disconnect/reset before headers. reset reason: connection failure',
    'mirror-server-error-5xx',
    null,
  ],
  [504, text, '504 Gateway Time-out', 'mirror-server-error-5xx', null],
  [530, text, 'error code: 1016', 'mirror-server-error-5xx', null],
];

describe('an answer that is no file: cause and reason', () => {
  it.each(forbidden)('forbidden: %s', (...given) => {
    expect(asked(given)).toEqual({ cause: given[5] ?? 'mirror-forbidden-403', reason: given[4] });
  });
  it.each(more)('more of them: %s', (...given) => {
    expect(asked(given)).toEqual({ cause: 'mirror-forbidden-403', reason: given[4] });
  });
  it.each(notFound)('not found: %s', (...given) => {
    expect(asked(given)).toEqual({ cause: 'mirror-not-found-404-410', reason: given[4] });
  });
  it.each(failed)('failed itself: %s', (...given) => {
    expect(asked(given)).toEqual({ cause: 'mirror-upstream-failure', reason: given[4] });
  });
  it.each(others)('%i %j %s', (status, headers, body, cause, reason) => {
    expect(refusalOf({ status, headers, text: body })).toEqual({ cause, reason });
  });
  it('the reason phrase speaks too', () => {
    const statusText = 'REQUESTED ITEM IS QUARANTINED -- FOR DETAILS SEE http://iq.corp.example/ui/links/repository/1';
    expect(refusalOf({ status: 403, statusText, headers: {}, text: '' })).toMatchObject({ reason: 'policy' });
  });
});

describe('words that are names say nothing', () => {
  const names = [
    'github.com/acme/malware-scanner',
    'git.corp.example/policy/license',
    'example.org/rate-limit/v2',
    'example.org/sanctions/embargo',
    'example.org/captcha-browser',
  ];
  const frames = [
    (name: string) => `forbidden: ${name}`,
    (name: string) => `forbidden: ${name}@v1.2.3`,
    (name: string) => `forbidden: https://mirror.example/${name}/@v/v1.2.3.zip`,
    (name: string) => JSON.stringify({ module: name, status: 403, message: 'Forbidden' }),
    (name: string) => JSON.stringify({ errors: [{ code: 'DENIED', message: `cannot serve ${name}/@v/v1.2.3.info` }] }),
    (name: string) => s3('AccessDenied', 'Access Denied').replace('malware/policy.zip', `${name}.zip`),
    (name: string) => page('403 Forbidden', `GET https://mirror.example/${name}/@v/list`),
  ];
  it.each(names.flatMap(name => frames.map(frame => [frame(name)] as const)))('%s', text => {
    expect(refusalOf({ status: 403, headers: {}, text })).toMatchObject({ reason: null });
  });
});

describe('whatever a server sends is judged in a short time', () => {
  it.each(['<', '<script', '<a ', '&', '/', 'a/', 'a.', '1.1@', '{"a":', '[', 'a@v1.', '"', ' '])(
    '%j 200,000 times',
    part => {
      const started = performance.now();
      refusalOf({ status: 403, headers: {}, text: part.repeat(200_000) });
      refusalOf({ status: 403, headers: {}, text: `<html>${part.repeat(200_000)}` });
      expect(performance.now() - started).toBeLessThan(10_000);
    },
  );
});
